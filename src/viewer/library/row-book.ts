import { compareText } from '../../base/lists.ts'
import type { TrialDescriptor } from '../../contracts/events.ts'
import type { JournalEntry } from '../../contracts/manifest.ts'
import type { Outcome } from '../../contracts/trial.ts'
import { readTrialHead } from './trial-head.ts'
import type { RowMetrics, TrialRow } from './trial-row.ts'

const HEADS_AT_ONCE = 32
const WAITING = { kind: 'waiting' } as const

/** What was read of a run's trials so far, as rows that know when they changed. */
export interface RowBook {
  /** A row for each trial in the journal or begun, in an order that depends on what they are. */
  rows(entries: ReadonlyMap<string, JournalEntry>, started: readonly string[], isGoingOn: boolean): Promise<TrialRow[]>
  keep(trial: string, finishedAt: string, metrics: RowMetrics): void
  has(trial: string, finishedAt: string): boolean
}

export function createRowBook(logOf: (trial: string) => string): RowBook {
  const heads = new Map<string, TrialDescriptor>()
  const numbers = new Map<string, { finishedAt: string; metrics: RowMetrics }>()
  const known = new Map<string, TrialRow>()
  let revision = 0

  const has: RowBook['has'] = (trial, finishedAt) => numbers.get(trial)?.finishedAt === finishedAt

  const rowOf = (id: string, entry: JournalEntry | undefined, isGoingOn: boolean): TrialRow => {
    const trial = heads.get(id)
    const metrics = entry !== undefined && has(id, entry.finishedAt) ? numbers.get(id)?.metrics : undefined
    const begun = { outcome: isGoingOn ? ('running' as const) : ('interrupted' as const) }
    const fields = {
      id,
      ...(trial && { trial }),
      ...(entry === undefined ? begun : ending(entry.outcome)),
      numbers: metrics ?? WAITING,
    }
    const before = known.get(id)
    const row = before !== undefined && isSame(before, fields) ? before : { ...fields, revision: ++revision }
    known.set(id, row)
    return row
  }

  const rows: RowBook['rows'] = async (entries, started, isGoingOn) => {
    const ids = [...new Set([...entries.keys(), ...started])]
    const unread = ids.filter(id => !heads.has(id))
    for (let start = 0; start < unread.length; start += HEADS_AT_ONCE)
      await Promise.all(unread.slice(start, start + HEADS_AT_ONCE).map(id => readHead(id, logOf(id), heads)))
    return inOrder(ids.map(id => rowOf(id, entries.get(id), isGoingOn)))
  }

  return { rows, has, keep: (trial, finishedAt, metrics) => void numbers.set(trial, { finishedAt, metrics }) }
}

async function readHead(id: string, file: string, heads: Map<string, TrialDescriptor>): Promise<void> {
  const head = await readTrialHead(file)
  if (head !== undefined) heads.set(id, head)
}

/** By what the trials are, not by when they ran; those of which nothing is known come last. */
function inOrder(rows: readonly TrialRow[]): TrialRow[] {
  const keyOf = ({ id, trial }: TrialRow) =>
    trial === undefined ? `~${id}` : JSON.stringify([trial.task, trial.model, trial.repeat, trial.arm.mode, id])
  const keyed = rows.map(row => ({ row, key: keyOf(row) }))
  return keyed.sort((left, right) => compareText(left.key, right.key)).map(({ row }) => row)
}

function ending(outcome: Outcome): Pick<TrialRow, 'outcome' | 'detail'> {
  switch (outcome.kind) {
    case 'limited':
      return { outcome: 'limited', detail: outcome.limit }
    case 'failed':
      return { outcome: 'failed', detail: `${outcome.cause.area}: ${outcome.cause.message}` }
    case 'unsolved':
      return outcome.cause === undefined ? { outcome: 'unsolved' } : { outcome: 'unsolved', detail: outcome.cause }
    default:
      return { outcome: outcome.kind }
  }
}

function isSame(before: TrialRow, now: Omit<TrialRow, 'revision'>): boolean {
  return (
    before.outcome === now.outcome &&
    before.detail === now.detail &&
    before.trial === now.trial &&
    before.numbers === now.numbers
  )
}
