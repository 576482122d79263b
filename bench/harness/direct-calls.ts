import type { Clock } from '../../src/contracts/clock.ts'
import type { OsSandbox } from '../../src/contracts/os-sandbox.ts'
import type { WorkspaceView } from '../../src/contracts/workspace.ts'
import { createOsSandbox } from '../../src/os-sandbox/create-os-sandbox.ts'
import type { ChosenSandbox } from '../../src/run/choose-sandbox.ts'
import { systemClock } from '../../src/run/system-clock.ts'
import { guestRootOf } from '../../src/run/trial/compose-trial.ts'
import { createTools } from '../../src/tools/create-tools.ts'
import { createWorkspaceView } from '../../src/workspace/workspace-view.ts'
import type { BenchCall } from './bench-case.ts'

interface DirectContext {
  workspace: WorkspaceView
  sandbox: OsSandbox
  clock: Clock
  signal: AbortSignal
  note(): void
}

/** The floor: performs the same calls with the same tools, and nothing else of a harness. */
export function createDirectCalls(
  workspaceDir: string,
  sandbox: ChosenSandbox,
): (calls: readonly BenchCall[]) => Promise<string[]> {
  const tools = new Map(createTools().map(tool => [tool.name, tool]))
  const workspace = createWorkspaceView({ hostRoot: workspaceDir, guestRoot: guestRootOf(sandbox, workspaceDir) })
  const { mechanism, policy, spawnOverheadMs } = sandbox
  const context: DirectContext = {
    workspace,
    sandbox: createOsSandbox({ mechanism, policy, workspace, view: { kind: 'task' }, spawnOverheadMs }),
    clock: systemClock,
    signal: new AbortController().signal,
    note: () => undefined,
  }
  return calls =>
    Promise.all(
      calls.map(async ({ tool: name, args }) => {
        const tool = tools.get(name)
        if (tool === undefined) throw new Error(`no tool ${name}`)
        const outcome = await tool.run(tool.input.parse(args), context)
        if (!outcome.ok) throw new Error(`${name}: ${outcome.error.message}`)
        return tool.render(outcome.value)
      }),
    )
}
