import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { confinedPlan } from './confined-plan.ts'
import { type RawResult, runProcess, type SpawnPlan } from './run-process.ts'
import { bareEnvironment } from './sandbox-environment.ts'

export interface SpawnProbe extends AsyncDisposable {
  confined(): Promise<RawResult>
  bare(): Promise<RawResult>
}

const LIMITS = { timeoutMs: 10_000, outputBytesMax: 8192 }

/** Runs `true` as trials run their commands, inside bubblewrap and without it, over an empty folder. */
export async function createSpawnProbe(bubblewrapPath: string): Promise<SpawnProbe> {
  const folder = await mkdtemp(join(tmpdir(), 'scriptbench-probe-'))
  const confined = await confinedPlan({
    spec: { command: ['true'], cwd: '/workspace' },
    view: { kind: 'task' },
    policy: 'workspace-write',
    hostRoot: folder,
    guestRoot: '/workspace',
    bubblewrapPath,
    environment: {},
  })
  const bare: SpawnPlan = { file: 'true', args: [], cwd: folder, env: bareEnvironment(process.env) }
  return {
    confined: () => runProcess(confined, LIMITS),
    bare: () => runProcess(bare, LIMITS),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  }
}
