import { chmod, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { ProcessEnd } from '../../contracts/os-sandbox.ts'
import type { Task, TaskStep } from '../../contracts/task.ts'
import { createOsSandbox } from '../../os-sandbox/create-os-sandbox.ts'
import { copyTree } from '../../workspace/copy-tree.ts'
import { restoreProtected } from '../../workspace/restore-protected.ts'
import { createWorkspaceView } from '../../workspace/workspace-view.ts'
import type { ChosenSandbox } from '../choose-sandbox.ts'
import { readReward } from './read-reward.ts'
import { freshFolder } from './scratch-folder.ts'

export interface Verification {
  /** Named clauses; absent when the verifier wrote no reward. */
  clauses?: Record<string, number>
  /** Why there is no reward. */
  problem?: string
  tampered: string[]
  durationMs: number
  outputTail: string
}

export interface VerifyOptions {
  task: Task
  step: TaskStep
  /** The workspace as the agent left it; it is copied, never changed. */
  leftBehind: string
  /** An empty folder for the verifier's own files. */
  scratch: string
  sandbox: ChosenSandbox
  signal: AbortSignal
}

const OUTPUT_TAIL_CHARACTERS = 2_000

/** Runs a step's verifier on a copy of the workspace, after the agent and all its processes are gone. */
export async function verifyStep({
  task,
  step,
  leftBehind,
  scratch,
  sandbox,
  signal,
}: VerifyOptions): Promise<Verification> {
  const workspaceDir = await freshFolder(join(scratch, 'workspace'))
  const testsDir = await freshFolder(join(scratch, 'tests'))
  const logsDir = await freshFolder(join(scratch, 'logs'))
  await mkdir(join(logsDir, 'verifier'))
  await copyTree(leftBehind, workspaceDir, { outsideLinks: 'keep' })
  const tampered = await restoreProtected({ from: task.workspaceDir, to: workspaceDir, globs: task.protect })
  for (const dir of step.testsDirs) await copyTree(dir, testsDir)
  await chmod(join(testsDir, 'test.sh'), 0o755).catch(() => undefined)

  const isConfined = sandbox.mechanism === 'bubblewrap'
  const paths = isConfined
    ? { WORKSPACE_DIR: '/workspace', TESTS_DIR: '/tests', LOGS_DIR: '/logs' }
    : { WORKSPACE_DIR: workspaceDir, TESTS_DIR: testsDir, LOGS_DIR: logsDir }
  const view = createWorkspaceView({ hostRoot: workspaceDir, guestRoot: paths.WORKSPACE_DIR })
  const verifier = createOsSandbox({
    mechanism: sandbox.mechanism,
    policy: 'workspace-write',
    workspace: view,
    view: { kind: 'verifier', testsDir, logsDir },
    spawnOverheadMs: sandbox.spawnOverheadMs,
  })
  const run = await verifier.run({
    command: ['bash', `${paths.TESTS_DIR}/test.sh`],
    cwd: paths.WORKSPACE_DIR,
    env: paths,
    timeoutMs: task.verifierTimeoutMs,
    outputBytesMax: 256 * 1024,
    signal,
  })
  const output = new TextDecoder().decode(run.aggregated)
  const reward = await readReward(logsDir)
  const facts = { tampered, durationMs: run.durationMs, outputTail: output.slice(-OUTPUT_TAIL_CHARACTERS) }
  if (run.end.kind === 'exited' && reward.ok) return { clauses: reward.clauses, ...facts }
  return { problem: problemOf(run.end, reward.ok ? '' : reward.problem), ...facts }
}

function problemOf(end: ProcessEnd, rewardProblem: string): string {
  switch (end.kind) {
    case 'exited':
      return `the verifier exited with ${end.exitCode}; ${rewardProblem}`
    case 'signalled':
      return `the verifier was killed by signal ${end.signal}`
    case 'timed-out':
      return 'the verifier timed out'
    case 'cancelled':
      return 'the verifier was cancelled'
    case 'spawn-failed':
      return `the verifier could not be started: ${end.message}`
  }
}
