import { detectBubblewrap } from '../../src/os-sandbox/detect-bubblewrap.ts'
import { createSpawnProbe } from '../../src/os-sandbox/probe-spawn.ts'
import { OURS } from '../measuring/judge-row.ts'
import type { Measured } from '../measuring/row.ts'
import { runProgram } from './run-program.ts'
import { openTool } from './tool-context.ts'
import type { ToolRow, ToolRowContext } from './tool-row.ts'

const COMMAND = ['true']
const STARTS_FOR_LAUNCHER = 10

export const EXEC_ROWS: readonly ToolRow[] = [
  {
    id: 'exec',
    title: 'exec: a program that does nothing',
    unit: 'ms',
    method:
      'The tool runs `true` inside bubblewrap; the small process that starts its commands is already running. Next to it: the same sandbox started from this process, the tool without a sandbox, and a bare `spawn`.',
    measure: measureExec,
  },
]

async function measureExec({ dir, interleave }: ToolRowContext): Promise<Measured> {
  const bubblewrap = await detectBubblewrap()
  if (bubblewrap.kind === 'broken') return new Map([[OURS, { kind: 'failed', reason: bubblewrap.reason }]])
  await using probe = await createSpawnProbe(bubblewrap.path)
  const confined = openTool('exec', dir, 'bubblewrap')
  const bare = openTool('exec', dir)
  for (let start = 0; start < STARTS_FOR_LAUNCHER; start++) await confined({ command: COMMAND })
  const discard = async (work: Promise<unknown>) => {
    await work
  }
  return interleave([
    { name: OURS, sample: () => discard(confined({ command: COMMAND })) },
    { name: 'bubblewrap without the launcher', sample: () => discard(probe.confined()) },
    { name: 'the tool without a sandbox', sample: () => discard(bare({ command: COMMAND })) },
    { name: 'plain spawn', sample: () => runProgram('true', [], { cwd: dir }) },
  ])
}
