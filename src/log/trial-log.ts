import { closeSync, constants, fsync, mkdirSync, openSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { promisify } from 'node:util'
import { digestOf } from '../base/digest.ts'
import type { Clock } from '../contracts/clock.ts'
import type { ContentKind, RecordEvent, TrialEvent } from '../contracts/events.ts'
import { LOG_VERSION } from '../contracts/events.ts'
import type { JsonValue } from '../contracts/json.ts'
import type { Result } from '../contracts/result.ts'
import type { LogFailure } from './log-failure.ts'
import { writeFailure } from './log-failure.ts'

const BUFFER_BYTES_MAX = 64 * 1024
const BUFFER_AGE_MAX_MS = 100
const sync = promisify(fsync)

export interface TrialLogOptions {
  file: string
  clock: Clock
  /** Applied to each line before it is kept, so that no secret reaches the disk. Must leave it one line of JSON. */
  redact?: (line: string) => string
}

/** The log of one trial while it runs. Only `flush` and `close` report a failure; the first one is kept. */
export interface TrialLog {
  readonly record: RecordEvent
  /** Stores a value once and returns the hash by which later events refer to it. */
  content(kind: ContentKind, value: JsonValue): string
  /** Hands everything recorded so far to the operating system. */
  flush(): Promise<Result<undefined, LogFailure>>
  /** Flushes, waits until the bytes are on disk, and closes. Events recorded later are dropped. */
  close(): Promise<Result<undefined, LogFailure>>
}

/** Starts a trial's log; what an interrupted attempt left in the file is replaced. */
export function createTrialLog({ file, clock, redact = line => line }: TrialLogOptions): TrialLog {
  const startedMs = clock.nowMs()
  const sink = createSink(file)
  const hashes = new Set<string>()
  let seq = 0

  const record: RecordEvent = body => {
    sink.attempt(() => {
      const event: TrialEvent = { seq, atMs: roundedMs(clock.nowMs() - startedMs), ...body }
      const line = redact(JSON.stringify(event))
      seq++
      sink.append(line)
    })
  }

  const content = (kind: ContentKind, value: JsonValue): string => {
    let hash = ''
    sink.attempt(() => {
      hash = digestOf(value)
    })
    if (hash !== '' && !hashes.has(hash)) {
      hashes.add(hash)
      record({ type: 'content', hash, kind, value })
    }
    return hash
  }

  sink.attempt(() => sink.append(JSON.stringify({ log: 'scriptbench', version: LOG_VERSION })))
  return { record, content, flush: sink.flush, close: sink.close }
}

/** Microseconds are enough, and keep lines short. */
function roundedMs(durationMs: number): number {
  return Math.round(durationMs * 1000) / 1000
}

/**
 * A file that takes lines. Writes are synchronous on purpose: a disk slower than the trial then slows the trial
 * instead of filling the memory, and lines can never change places.
 */
function createSink(file: string) {
  let descriptor: number | undefined
  let failure: LogFailure | undefined
  let isClosed = false
  let buffer: string[] = []
  let bufferedBytes = 0
  let timer: NodeJS.Timeout | undefined

  const attempt = (action: () => void): void => {
    if (failure !== undefined || isClosed) return
    try {
      action()
    } catch (error) {
      failure = writeFailure(file, error)
    }
  }

  const drain = (): void => {
    clearTimeout(timer)
    timer = undefined
    if (buffer.length === 0) return
    const bytes = Buffer.from(buffer.join(''))
    buffer = []
    bufferedBytes = 0
    attempt(() => writeAll(descriptor as number, bytes))
  }

  const append = (line: string): void => {
    buffer.push(line, '\n')
    bufferedBytes += line.length
    if (bufferedBytes >= BUFFER_BYTES_MAX) drain()
    else timer ??= setTimeout(drain, BUFFER_AGE_MAX_MS).unref()
  }

  const result = (): Result<undefined, LogFailure> =>
    failure === undefined ? { ok: true, value: undefined } : { ok: false, error: failure }

  const flush = async () => {
    drain()
    return result()
  }

  const close = async () => {
    drain()
    isClosed = true
    if (descriptor === undefined) return result()
    const open = descriptor
    descriptor = undefined
    try {
      await sync(open)
    } catch (error) {
      failure ??= writeFailure(file, error)
    }
    closeSync(open)
    return result()
  }

  attempt(() => {
    mkdirSync(dirname(file), { recursive: true })
    descriptor = openSync(file, constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC | constants.O_APPEND)
  })
  return { attempt, append, flush, close }
}

function writeAll(descriptor: number, bytes: Uint8Array): void {
  let written = 0
  while (written < bytes.length) written += writeSync(descriptor, bytes, written)
}
