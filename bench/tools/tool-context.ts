import type { OsSandbox } from '../../src/contracts/os-sandbox.ts'
import type { ToolContext } from '../../src/contracts/tool.ts'
import { createOsSandbox } from '../../src/os-sandbox/create-os-sandbox.ts'
import { systemClock } from '../../src/run/system-clock.ts'
import { createTools } from '../../src/tools/create-tools.ts'
import { createWorkspaceView } from '../../src/workspace/workspace-view.ts'

/** One of our tools over a folder, called as in a trial but without the toolbox around it. Throws when it fails. */
export function openTool(name: string, hostRoot: string, mechanism: OsSandbox['mechanism'] = 'none') {
  const tool = createTools().find(one => one.name === name)
  if (tool === undefined) throw new Error(`unknown tool ${name}`)
  const workspace = createWorkspaceView({ hostRoot, guestRoot: mechanism === 'none' ? hostRoot : '/workspace' })
  const policy = 'workspace-write'
  const context: ToolContext = {
    workspace,
    sandbox: createOsSandbox({ mechanism, policy, workspace, view: { kind: 'task' }, spawnOverheadMs: 0 }),
    clock: systemClock,
    signal: new AbortController().signal,
    note: () => undefined,
  }
  return async (args: unknown): Promise<unknown> => {
    const ran = await tool.run(tool.input.parse(args), context)
    if (!ran.ok) throw new Error(ran.error.message)
    return ran.value
  }
}
