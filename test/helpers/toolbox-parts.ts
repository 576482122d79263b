import { setTimeout as sleep } from 'node:timers/promises'
import type { Clock } from '../../src/contracts/clock.ts'
import type { SandboxMechanism } from '../../src/contracts/os-sandbox.ts'
import type { ApprovalGate, ApprovalPolicy, ApprovalRequest, ToolCallRecord } from '../../src/contracts/tool.ts'
import { createOsSandbox } from '../../src/os-sandbox/create-os-sandbox.ts'
import {
  type AnyTool,
  createToolbox,
  type ToolboxLimits,
  type ToolboxOptions,
} from '../../src/tools/toolbox/toolbox.ts'
import { createWorkspaceView } from '../../src/workspace/workspace-view.ts'
import { folderWith } from './folders.ts'

export const realClock: Clock = {
  nowMs: () => performance.now(),
  date: () => new Date(),
  sleep: (durationMs, signal) => sleep(durationMs, undefined, { ...(signal && { signal }) }).catch(() => undefined),
}

export interface GateOptions {
  policy?: ApprovalPolicy
  answer?: 'allowed' | 'denied' | ((request: ApprovalRequest, signal: AbortSignal) => Promise<'allowed' | 'denied'>)
}

/** A gate that answers at once and remembers what it was asked. */
export function gateOf({ policy = 'never', answer = 'allowed' }: GateOptions = {}) {
  const asked: ApprovalRequest[] = []
  const gate: ApprovalGate = {
    policy,
    async decide(request, signal) {
      asked.push(request)
      return typeof answer === 'function' ? answer(request, signal) : answer
    },
  }
  return { gate, asked }
}

export interface ToolboxTestOptions extends GateOptions {
  tools: readonly AnyTool[]
  files?: Record<string, string>
  /** An existing workspace in place of one with `files`. */
  folder?: string
  mechanism?: SandboxMechanism
  limits?: ToolboxLimits
  clock?: Clock
  progress?: ToolboxOptions['progress']
}

/** A toolbox over a real folder, with all that it recorded and asked. */
export async function toolboxOver({ tools, files = {}, mechanism = 'none', limits, ...options }: ToolboxTestOptions) {
  const folder = options.folder ?? (await folderWith(files))
  const workspace = createWorkspaceView({
    hostRoot: folder,
    guestRoot: mechanism === 'none' ? folder : '/workspace',
  })
  const sandbox = createOsSandbox({
    mechanism,
    policy: 'workspace-write',
    workspace,
    view: { kind: 'task' },
    spawnOverheadMs: mechanism === 'none' ? 0 : 5,
  })
  const { gate, asked } = gateOf(options)
  const records: ToolCallRecord[] = []
  const record = (call: ToolCallRecord) => void records.push(call)
  const parts = { tools, workspace, sandbox, clock: options.clock ?? realClock, approvals: gate, record }
  const { progress } = options
  const toolbox = createToolbox({ ...parts, ...(limits && { limits }), ...(progress && { progress }) })
  let calls = 0
  const call = (tool: string, args: unknown = {}, options = {}) =>
    toolbox.call({ callId: `c${++calls}`, tool, args: args as never }, options)
  return { toolbox, call, records, asked, folder, workspace }
}
