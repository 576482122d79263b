import { errorText } from '../base/error-text.ts'

/** Why a file of a run could not be written or read. `message` names the file and what to do. */
export interface LogFailure {
  kind: 'missing' | 'unreadable' | 'foreign' | 'newer-version' | 'corrupt' | 'write-failed'
  file: string
  /** 1-based, for `corrupt`. */
  line?: number
  message: string
}

export function writeFailure(file: string, error: unknown): LogFailure {
  return { kind: 'write-failed', file, message: `${file}: cannot be written (${reasonOf(error)})` }
}

export function readFailure(file: string, error: unknown): LogFailure {
  const isMissing = (error as NodeJS.ErrnoException | undefined)?.code === 'ENOENT'
  if (isMissing) return { kind: 'missing', file, message: `${file}: no such file` }
  return { kind: 'unreadable', file, message: `${file}: cannot be read (${reasonOf(error)})` }
}

export function corruptLine(file: string, line: number, problem: string): LogFailure {
  return { kind: 'corrupt', file, line, message: `${file}: line ${line} is damaged: ${problem}` }
}

/** The error's own words, without the path Node appends. */
function reasonOf(error: unknown): string {
  const message = errorText(error)
  return message.split(', ')[0] ?? message
}
