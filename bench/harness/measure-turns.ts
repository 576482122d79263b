import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { runAgent } from '../../src/agent/run-agent.ts'
import { BUILT_IN_FACTORS } from '../../src/contracts/arm.ts'
import type { ModelProvider } from '../../src/contracts/model.ts'
import type { Task } from '../../src/contracts/task.ts'
import type { Trial } from '../../src/contracts/trial.ts'
import { createTrialLog } from '../../src/log/trial-log.ts'
import { composeTrial, type RunContext } from '../../src/run/trial/compose-trial.ts'
import { freshFolder } from '../../src/run/trial/scratch-folder.ts'
import { loadTasks } from '../../src/suite/task/load-tasks.ts'
import { copyTree } from '../../src/workspace/copy-tree.ts'
import { percentile } from '../measuring/percentile.ts'
import { BENCH_CASES, type BenchCase, replyOf } from './bench-case.ts'
import { createBenchContext } from './bench-context.ts'
import { createBenchFolder } from './bench-folder.ts'
import { createDirectCalls } from './direct-calls.ts'

/** One case: what the harness needs from a reply to its next request, next to the same calls in a plain loop. */
export interface TurnRow {
  name: string
  turns: number
  p50Ms: number
  p99Ms: number
  floorP50Ms: number
  floorP99Ms: number
  /** p50 over the floor's p50. */
  ratio: number
}

export interface TurnOptions {
  rounds: number
  turnsPerRound: number
}

interface Samples {
  harnessMs: number[]
  floorMs: number[]
}

/** Measures all cases round by round, the harness and the floor in turns, so that a slow moment hits both. */
export async function measureTurns({ rounds, turnsPerRound }: TurnOptions): Promise<TurnRow[]> {
  await using folder = await createBenchFolder(BENCH_CASES[0] as BenchCase, 1)
  const context = await createBenchContext(folder, turnsPerRound + 1)
  const [task] = await loadTasks({ tasksDir: folder.tasksDir, globs: ['*'] })
  if (task === undefined) throw new Error('the benchmark has no task')
  const samples = new Map<BenchCase, Samples>(BENCH_CASES.map(each => [each, { harnessMs: [], floorMs: [] }]))
  const parts = { context, task, dir: folder.dir, turns: turnsPerRound }
  try {
    for (let round = 0; round <= rounds; round++) {
      for (const [played, { harnessMs, floorMs }] of samples) {
        const measured = await measureOnce({ ...parts, played }, round % 2 === 0)
        // The first round only warms up.
        if (round === 0) continue
        harnessMs.push(...measured.harnessMs)
        floorMs.push(...measured.floorMs)
      }
    }
  } finally {
    await context.engine.close()
  }
  return [...samples].map(([{ name }, each]) => rowOf(name, each))
}

interface OnceParts {
  context: RunContext
  task: Task
  dir: string
  played: BenchCase
  turns: number
}

async function measureOnce(parts: OnceParts, isHarnessFirst: boolean): Promise<Samples> {
  if (isHarnessFirst) return { harnessMs: await playTurns(parts), floorMs: await playFloor(parts) }
  const floorMs = await playFloor(parts)
  return { harnessMs: await playTurns(parts), floorMs }
}

/** One agent's part, with everything a trial has except a model that takes time. */
async function playTurns({ context, task, dir, played, turns }: OnceParts): Promise<number[]> {
  const workspaceDir = await freshFolder(join(dir, 'workspace'))
  await copyTree(task.workspaceDir, workspaceDir)
  const log = createTrialLog({ file: join(dir, 'events.jsonl'), clock: context.clock })
  const composed = composeTrial({ context, trial: trialOf(task, played), attempt: 1, task, workspaceDir, log })
  const { model, turnsMs } = instantModel(played, turns)
  const end = await runAgent({
    ...composed.agent,
    model,
    onStepEnd: async () => undefined,
    signal: new AbortController().signal,
  })
  await log.close()
  if (end.kind !== 'finished') throw new Error(`the benchmark's agent ended: ${JSON.stringify(end)}`)
  return turnsMs
}

async function playFloor({ context, task, dir, played, turns }: OnceParts): Promise<number[]> {
  const workspaceDir = await freshFolder(join(dir, 'workspace'))
  await copyTree(task.workspaceDir, workspaceDir)
  const perform = createDirectCalls(workspaceDir, context.sandbox)
  const turnsMs: number[] = []
  for (let turn = 0; turn < turns; turn++) {
    const startedMs = performance.now()
    await perform(played.calls)
    turnsMs.push(performance.now() - startedMs)
  }
  return turnsMs
}

/** Answers immediately; the time from one answer to the next question is the harness's. */
function instantModel(played: BenchCase, turns: number): { model: ModelProvider; turnsMs: number[] } {
  const turnsMs: number[] = []
  let turn = 0
  let answeredMs: number | undefined
  const model: ModelProvider = {
    spec: 'bench',
    playerKind: 'scripted',
    async ask({ messages }) {
      if (answeredMs !== undefined) turnsMs.push(performance.now() - answeredMs)
      const last = messages.at(-1)
      if (last?.role === 'tool' && last.results.some(result => result.isError)) {
        throw new Error(`a call of the benchmark failed: ${last.results[0]?.parts[0]?.text}`)
      }
      const message =
        turn < turns ? replyOf(played, turn) : { role: 'assistant' as const, text: 'Done.', toolCalls: [] }
      turn++
      answeredMs = performance.now()
      return { ok: true, message, latencyMs: 0 }
    },
  }
  return { model, turnsMs }
}

function trialOf(task: Task, { mode }: BenchCase): Trial {
  const defaults = Object.entries(BUILT_IN_FACTORS).map(([name, levels]) => [name, levels[0]])
  return {
    id: 'bench',
    task: task.id,
    taskDigest: task.digest,
    model: { spec: 'nop', parameters: {} },
    arm: { ...Object.fromEntries(defaults), mode, custom: {} },
    repeat: 0,
    block: 0,
    position: 0,
    seed: 'bench',
  }
}

function rowOf(name: string, { harnessMs, floorMs }: Samples): TurnRow {
  const at = (samples: readonly number[], share: number) => percentile(samples, share) as number
  const [p50Ms, floorP50Ms] = [at(harnessMs, 0.5), at(floorMs, 0.5)]
  return {
    name,
    turns: harnessMs.length,
    p50Ms,
    p99Ms: at(harnessMs, 0.99),
    floorP50Ms,
    floorP99Ms: at(floorMs, 0.99),
    ratio: p50Ms / floorP50Ms,
  }
}
