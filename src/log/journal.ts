import { open } from 'node:fs/promises'
import { z } from 'zod'
import type { JournalEntry } from '../contracts/manifest.ts'
import type { Result } from '../contracts/result.ts'
import { linesOf } from './lines.ts'
import type { LogFailure } from './log-failure.ts'
import { readFailure, writeFailure } from './log-failure.ts'
import { outcomeSchema } from './outcome-schema.ts'
import { isTrialId } from './run-files.ts'

const NEWLINE = 0x0a

const entrySchema = z.object({
  trial: z.string().refine(isTrialId),
  outcome: outcomeSchema,
  finishedAt: z.string(),
})

/**
 * Adds a finished trial: one write at the file's end, then on disk. Lines of several writers never mix, and a line
 * that a crash cut off is left behind on a line of its own.
 */
export async function appendJournal(file: string, entry: JournalEntry): Promise<Result<undefined, LogFailure>> {
  try {
    await using handle = await open(file, 'a+')
    const lead = (await endsTorn(handle)) ? '\n' : ''
    const bytes = Buffer.from(`${lead}${JSON.stringify(entry)}\n`)
    const { bytesWritten } = await handle.write(bytes)
    if (bytesWritten < bytes.length) throw new Error('only a part of the line was written')
    await handle.datasync()
    return { ok: true, value: undefined }
  } catch (error) {
    return { ok: false, error: writeFailure(file, error) }
  }
}

async function endsTorn(handle: Awaited<ReturnType<typeof open>>): Promise<boolean> {
  const { size } = await handle.stat()
  if (size === 0) return false
  const last = Buffer.alloc(1)
  await handle.read(last, 0, 1, size - 1)
  return last[0] !== NEWLINE
}

export interface Journal {
  /** The last entry of each trial, in the order in which trials first appeared. */
  entries: Map<string, JournalEntry>
  /** Lines that a crash cut off. Their trials count as not run. */
  tornLines: number
}

/** What a run has finished. A run without a journal has finished nothing. */
export async function readJournal(file: string): Promise<Result<Journal, LogFailure>> {
  const entries = new Map<string, JournalEntry>()
  let tornLines = 0
  try {
    for await (const { text } of linesOf(file)) {
      if (text === '') continue
      const entry = entryOf(text)
      if (entry === undefined) tornLines++
      else entries.set(entry.trial, entry)
    }
  } catch (error) {
    const failure = readFailure(file, error)
    if (failure.kind !== 'missing') return { ok: false, error: failure }
  }
  return { ok: true, value: { entries, tornLines } }
}

function entryOf(text: string): JournalEntry | undefined {
  try {
    const parsed = entrySchema.safeParse(JSON.parse(text))
    return parsed.success ? (parsed.data as JournalEntry) : undefined
  } catch {
    return undefined
  }
}
