import { checkPorts } from '../../src/port-check/check/check-ports.ts'
import { OURS } from '../measuring/judge-row.ts'
import type { ToolRow } from './tool-row.ts'

const CHECK_MS_MAX = 60_000

export const CHECK_ROWS: readonly ToolRow[] = [
  {
    id: 'check',
    title: 'ports check: every recorded case',
    unit: 'ms',
    method: 'All corpora of the package against our own tools, at every recorded version, once.',
    aims: [{ kind: 'at-most', max: CHECK_MS_MAX }],
    isSingle: true,
    measure: ({ corpora, interleave }) =>
      interleave([
        {
          name: OURS,
          sample: async () => {
            await checkPorts(corpora === undefined ? {} : { corpora })
          },
        },
      ]),
  },
]
