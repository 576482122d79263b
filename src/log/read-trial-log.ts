import { isObject, parsedJson } from '../base/json-fields.ts'
import type { TrialEvent } from '../contracts/events.ts'
import { LOG_VERSION } from '../contracts/events.ts'
import type { Result } from '../contracts/result.ts'
import { missingFieldOf } from './event-fields.ts'
import type { Line } from './lines.ts'
import { linesOf } from './lines.ts'
import type { LogFailure } from './log-failure.ts'
import { corruptLine, readFailure } from './log-failure.ts'

/** `torn`: the last line was cut off, as a crash leaves it; all lines before it are whole. */
export interface TrialLogContent {
  events: TrialEvent[]
  torn: boolean
}

/** A trial's whole log. */
export async function readTrialLog(file: string): Promise<Result<TrialLogContent, LogFailure>> {
  const events: TrialEvent[] = []
  const scanned = await scanTrialLog(file, event => events.push(event))
  return scanned.ok ? { ok: true, value: { events, torn: scanned.value.torn } } : scanned
}

/** Visits a trial's events one by one, for logs that are too large for memory. */
export async function scanTrialLog(
  file: string,
  visit: (event: TrialEvent) => void,
): Promise<Result<{ torn: boolean }, LogFailure>> {
  let torn = true
  try {
    for await (const line of linesOf(file)) {
      torn = false
      const json = parsedJson(line.text)
      const value = isObject(json) ? json : undefined
      if (value === undefined && !line.isTerminated) return { ok: true, value: { torn: true } }
      const problem = line.number === 1 ? headerProblem(file, value) : eventProblem(file, line, value)
      if (problem !== undefined) return { ok: false, error: problem }
      if (line.number > 1) visit(value as unknown as TrialEvent)
    }
  } catch (error) {
    return { ok: false, error: readFailure(file, error) }
  }
  return { ok: true, value: { torn } }
}

function headerProblem(file: string, value: Record<string, unknown> | undefined): LogFailure | undefined {
  const version = value?.version
  if (value?.log !== 'scriptbench' || typeof version !== 'number')
    return {
      kind: 'foreign',
      file,
      message: `${file}: not a trial log; expected scriptbench's header in the first line`,
    }
  if (version <= LOG_VERSION) return undefined
  const message = `${file}: log version ${version} was written by a newer scriptbench; this one reads up to ${LOG_VERSION}. Update scriptbench.`
  return { kind: 'newer-version', file, message }
}

function eventProblem(file: string, line: Line, value: Record<string, unknown> | undefined): LogFailure | undefined {
  if (value === undefined) return corruptLine(file, line.number, 'not a JSON object')
  const expectedSeq = line.number - 2
  if (value.seq !== expectedSeq)
    return corruptLine(file, line.number, `seq should be ${expectedSeq}; lines are missing or out of order`)
  const missing = missingFieldOf(value)
  return missing === undefined ? undefined : corruptLine(file, line.number, missing)
}
