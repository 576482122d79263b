import { randomBytes } from 'node:crypto'
import { defined } from '../base/defined.ts'
import type { OsSandbox, ProcessResult, ProcessSpec, SandboxMechanism, SandboxPolicy } from '../contracts/os-sandbox.ts'
import type { WorkspaceView } from '../contracts/workspace.ts'
import type { SandboxView } from './bubblewrap-arguments.ts'
import { bubblewrapStartFailure } from './bubblewrap-start-failure.ts'
import { confinedPlan } from './confined-plan.ts'
import { applyEnvironmentPolicy, type EnvironmentPolicy } from './environment-policy.ts'
import { findProgram } from './find-program.ts'
import { launchProcess } from './launch-process.ts'
import type { RawResult, SpawnPlan } from './run-process.ts'
import { bareEnvironment, networkVariable, withoutSecrets } from './sandbox-environment.ts'
import { writableRoots } from './writable-roots.ts'

export interface OsSandboxOptions {
  mechanism: SandboxMechanism
  /** `danger-full-access` means no sandbox, whatever the mechanism. */
  policy: SandboxPolicy
  workspace: WorkspaceView
  view: SandboxView
  /** The calibrated cost of one confined spawn, reported with every confined process. */
  spawnOverheadMs: number
  /** The harness's own: unconfined processes get its PATH, the `host` view all of it. */
  environment?: Readonly<Record<string, string | undefined>>
  /** Applied to what a command would get otherwise. */
  environmentPolicy?: EnvironmentPolicy
  bubblewrapPath?: string
}

/**
 * Set for unconfined processes, so that those which left their group are found; not under the `host` view, where
 * environments are as Codex's.
 */
const MARKER_NAME = 'SCRIPTBENCH_PROCESS'

type Confinement = OsSandboxOptions & { bubblewrapPath: string; environment: Record<string, string> }

/** Runs processes over one workspace; the mechanism must have been found to work. */
export function createOsSandbox(options: OsSandboxOptions): OsSandbox {
  const mechanism = options.policy === 'danger-full-access' ? 'none' : options.mechanism
  const confinement: Confinement = {
    ...options,
    environment: defined({ ...(options.environment ?? process.env) }) as Record<string, string>,
    bubblewrapPath: options.bubblewrapPath ?? findProgram('bwrap') ?? '/usr/bin/bwrap',
  }
  const { view, workspace } = options
  return {
    mechanism,
    policy: options.policy,
    ...(view.kind === 'host' && {
      writableRoots: writableRoots(workspace.hostRoot, view, confinement.environment),
    }),
    canReadAll: mechanism === 'none' || view.kind === 'host',
    run: spec => {
      const [program] = spec.command
      if (program === undefined) return Promise.resolve(notStarted('EINVAL', 'the command is empty'))
      if (program === '') return Promise.resolve(notStarted('ENOENT', 'the program has no name'))
      return mechanism === 'none' || spec.escalated ? runBare(spec, confinement) : runConfined(spec, confinement)
    },
  }
}

async function runConfined(spec: ProcessSpec, confinement: Confinement): Promise<ProcessResult> {
  const { hostRoot, guestRoot } = confinement.workspace
  const result = await launchProcess(await confinedPlan({ ...confinement, spec, hostRoot, guestRoot }), spec)
  const failure = bubblewrapStartFailure(result)
  if (failure !== undefined) return { ...notStarted(failure.code, failure.message), durationMs: result.durationMs }
  return { ...result, sandboxMs: confinement.spawnOverheadMs }
}

async function runBare(spec: ProcessSpec, confinement: Confinement): Promise<ProcessResult> {
  const { workspace, view, policy, environment, environmentPolicy = {} } = confinement
  const cwd = await workspace.resolve(spec.cwd)
  if (!cwd.ok) return notStarted('EACCES', cwd.error.message)
  const isHost = view.kind === 'host'
  const marker = isHost ? undefined : { [MARKER_NAME]: randomBytes(8).toString('hex') }
  const base = applyEnvironmentPolicy(isHost ? environment : bareEnvironment(environment), environmentPolicy)
  const added = isHost ? { ...networkVariable(view, policy), ...spec.env } : withoutSecrets(spec.env)
  const [file = '', ...args] = spec.command
  const plan: SpawnPlan = {
    file,
    args,
    cwd: cwd.value,
    env: { ...base, ...added, ...marker },
    ...(marker && { marker: `${MARKER_NAME}=${marker[MARKER_NAME]}` }),
    ...(spec.arg0 !== undefined && { argv0: spec.arg0 }),
  }
  const result = await launchProcess(plan, spec)
  return { ...result, sandboxMs: 0 }
}

function notStarted(code: string, message: string): ProcessResult {
  const nothing = new Uint8Array()
  const empty: RawResult = {
    end: { kind: 'spawn-failed', code, message },
    stdout: nothing,
    stderr: nothing,
    aggregated: nothing,
    bytesDropped: 0,
    durationMs: 0,
  }
  return { ...empty, sandboxMs: 0 }
}
