import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { UserError } from '../../contracts/errors.ts'
import type { SandboxMechanism } from '../../contracts/os-sandbox.ts'
import type { Toolbox, ToolCallRecord } from '../../contracts/tool.ts'
import { createOsSandbox } from '../../os-sandbox/create-os-sandbox.ts'
import { createTools } from '../../tools/create-tools.ts'
import { createToolbox } from '../../tools/toolbox/toolbox.ts'
import { createWorkspaceView } from '../../workspace/workspace-view.ts'
import { type ChosenSandbox, chooseSandbox } from '../choose-sandbox.ts'
import { systemClock } from '../system-clock.ts'
import { guestRootOf } from '../trial/compose-trial.ts'
import { createApprovalGate } from './approval-gate.ts'

export interface FolderToolbox {
  toolbox: Toolbox
  sandbox: ChosenSandbox
  guestRoot: string
}

export interface FolderToolboxOptions {
  workspace: string
  sandbox: 'auto' | SandboxMechanism
  record?(call: ToolCallRecord): void
}

/** The tools over a folder of the user, for the commands that try one out. What a tool changes there stays changed. */
export async function openFolderToolbox({ workspace, sandbox, record }: FolderToolboxOptions): Promise<FolderToolbox> {
  const hostRoot = resolve(workspace)
  const isFolder = await stat(hostRoot).then(
    stats => stats.isDirectory(),
    () => false,
  )
  if (!isFolder)
    throw new UserError('file-not-found', `--workspace ${workspace}: not a folder; expected an existing one.`)
  const chosen = await chooseSandbox({
    mechanism: sandbox,
    policy: 'workspace-write',
    isTrusted: false,
    isMeasured: false,
  })
  const guestRoot = guestRootOf(chosen, hostRoot)
  const view = createWorkspaceView({ hostRoot, guestRoot })
  const toolbox = createToolbox({
    tools: createTools(),
    workspace: view,
    sandbox: createOsSandbox({
      mechanism: chosen.mechanism,
      policy: chosen.policy,
      workspace: view,
      view: { kind: 'task' },
      spawnOverheadMs: 0,
    }),
    clock: systemClock,
    approvals: createApprovalGate({ policy: 'never', answer: 'deny' }),
    record: record ?? (() => undefined),
  })
  return { toolbox, sandbox: chosen, guestRoot }
}
