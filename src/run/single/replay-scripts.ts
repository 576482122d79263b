import { readdir } from 'node:fs/promises'
import { UserError } from '../../contracts/errors.ts'
import type { ScriptEngine, ScriptReplay } from '../../contracts/script.ts'
import { readTrialLog } from '../../log/read-trial-log.ts'
import { runFiles } from '../../log/run-files.ts'
import { scriptRecordings } from '../../log/script-recordings.ts'
import { createScriptEngine } from '../../script-engine/create-script-engine.ts'

/** The result of one script's replay, or why there is none. `script` is absent when the trial's log cannot be read. */
export type ReplayedScript = { trial: string; script?: string } & (
  | Extract<ScriptReplay, { kind: 'identical' | 'diverged' }>
  | { kind: 'skipped'; reason: string }
)

export interface ReplayOptions {
  runDir: string
  /** The first characters of the trials' ids; all trials without it. */
  trialStart?: string
  /** Such as `t2.s1`; all scripts without it. */
  script?: string
  /** Stops before the next script. */
  signal: AbortSignal
}

/** Runs every script of a run again, from the logs alone, and compares it with what they recorded. */
export async function replayScripts(options: ReplayOptions): Promise<ReplayedScript[]> {
  const { runDir, script, signal } = options
  const engine = createScriptEngine({ workers: 1 })
  const onAbort = () => void engine.close()
  signal.addEventListener('abort', onAbort)
  try {
    const replayed: ReplayedScript[] = []
    for (const trial of await trialsOf(options)) {
      if (signal.aborted) break
      replayed.push(...(await replayTrial({ ...options, engine, trial })))
    }
    if (script !== undefined && replayed.every(each => each.script !== script) && !signal.aborted) {
      throw new UserError(
        'usage',
        `${runDir}: no script "${script}". Scripts are named by turn and place, for example t2.s1.`,
      )
    }
    return replayed
  } finally {
    signal.removeEventListener('abort', onAbort)
    await engine.close()
  }
}

async function trialsOf({ runDir, trialStart = '' }: ReplayOptions): Promise<string[]> {
  const ids = await readdir(runFiles(runDir).trials).catch(() => {
    throw new UserError(
      'file-not-found',
      `${runDir}: not a run; expected a folder with trials/, as "scriptbench run" makes it.`,
    )
  })
  const matches = ids.filter(id => id.startsWith(trialStart)).sort()
  if (matches.length > 0) return matches
  throw new UserError('usage', `${runDir}: no trial id begins with "${trialStart}". The ids are in trials.csv.`)
}

async function replayTrial(
  options: ReplayOptions & { engine: ScriptEngine; trial: string },
): Promise<ReplayedScript[]> {
  const { engine, runDir, script, signal, trial } = options
  const log = await readTrialLog(runFiles(runDir).trialLog(trial))
  if (!log.ok) return [{ trial, kind: 'skipped', reason: log.error.message }]
  const replayed: ReplayedScript[] = []
  for (const logged of scriptRecordings(log.value.events)) {
    if (signal.aborted) break
    if (script !== undefined && logged.script !== script) continue
    const id = { trial, script: logged.script }
    if (logged.kind === 'skipped') replayed.push({ ...id, kind: 'skipped', reason: logged.reason })
    else replayed.push({ ...id, ...resultOf(await engine.replay(logged.recording)) })
  }
  return replayed
}

function resultOf(replay: ScriptReplay) {
  if (replay.kind === 'identical' || replay.kind === 'diverged') return replay
  return { kind: 'skipped', reason: replay.message } as const
}
