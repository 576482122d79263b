import { z } from 'zod'
import type { CorpusKind } from '../corpus/corpus-kind.ts'
import { PortFault } from '../port/port-fault.ts'
import { caseFields, isUnstableIn } from './case-fields.ts'

const sessionCase = z.object({ ...caseFields, tool: z.string() })

/** The session tools of 0.169: recorded, but not ported. */
export const exec169: CorpusKind = {
  name: 'exec169',
  tool: 'exec',
  corpora: ['exec_command/write_stdin/command-exec', 'exec169'],
  fits: ({ tool }) => tool === 'exec_command' || tool === 'write_stdin' || tool === 'command/exec',
  open: () => line => {
    const one = sessionCase.parse(line)
    return {
      id: one.id,
      category: one.tool,
      tags: one.tags,
      versions: ['0.169.0'],
      isUnstable: isUnstableIn(one.unstable),
      outOfScope: () => 'the session tools of 0.169 are not ported',
      prepare: async () => undefined,
      run: async () => {
        throw new PortFault('not-run', 'out of scope')
      },
    }
  },
}
