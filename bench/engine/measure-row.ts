import { type InterleaveOptions, interleave } from '../measuring/interleave.ts'
import { OURS } from '../measuring/judge-row.ts'
import type { Measured } from '../measuring/row.ts'
import type { Contender, ContenderName, Session } from './contender.ts'
import type { EngineRow, RowContext } from './engine-row.ts'
import { freshProcessSample } from './fresh-process.ts'

export interface MeasureOptions {
  contenders: readonly ContenderName[]
  repetitions: number
  /** How long a contender runs in a row before anything counts. */
  warmupMs: number
  /** Called with the contender whose turn it is, so that a watcher knows which one hangs. */
  onTurn(name: string): void
}

/** How long a slow contender that no aim is about can take in a row. */
const BUDGET_MS = 6_000

/** Measures one row in this process, but for what the row itself wants a fresh process for. */
export async function measureRow(row: EngineRow, options: MeasureOptions): Promise<Measured> {
  const sessions = new Map<string, Promise<Session>>()
  const closing: (() => Promise<void>)[] = []
  const wanted = row.contenders ?? options.contenders
  const context: RowContext = {
    contenders: options.contenders.filter(name => wanted.includes(name)),
    repetitions: options.repetitions,
    session: contender => openOnce(sessions, contender),
    defer: close => closing.push(close),
    interleave: (candidates, given) => interleave(candidates, interleaveOptions(row, options, given)),
    inFreshProcess: (sample, repetitions) =>
      interleave(
        context.contenders.map(name => ({ name, sample: () => freshProcessSample(name, sample) })),
        // For a cold start, one process of each does not count: it fills the file caches of the machine.
        interleaveOptions(row, { ...options, repetitions }, { warmupMs: sample === 'cold' ? 0 : undefined }),
      ),
  }
  try {
    return await row.measure(context)
  } finally {
    for (const opened of sessions.values()) closing.push(() => opened.then(session => session.close()))
    for (const close of closing) await close().catch(() => undefined)
  }
}

function openOnce(sessions: Map<string, Promise<Session>>, contender: Contender): Promise<Session> {
  const known = sessions.get(contender.name)
  if (known !== undefined) return known
  const opened = contender.open()
  sessions.set(contender.name, opened)
  return opened
}

function interleaveOptions(
  { aims = [] }: EngineRow,
  { repetitions, warmupMs, onTurn }: MeasureOptions,
  given: Partial<InterleaveOptions> = {},
): InterleaveOptions {
  const { samplesPerTurn = 1 } = given
  const rounds = Math.ceil(repetitions / samplesPerTurn)
  const compared = aims.flatMap(aim => (aim.kind === 'faster' ? [aim.than] : []))
  const unhurried = new Set([OURS, ...compared])
  return { budgetMs: BUDGET_MS, warmupMs, unhurried, ...given, rounds, samplesPerTurn, onTurn }
}
