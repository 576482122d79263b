import type { ProcessEnd } from '../contracts/os-sandbox.ts'
import type { RawResult } from './run-process.ts'

const CODES: Record<string, string> = {
  'No such file or directory': 'ENOENT',
  'Permission denied': 'EACCES',
  'Exec format error': 'ENOEXEC',
  'Not a directory': 'ENOTDIR',
  'Argument list too long': 'E2BIG',
}

/**
 * Bubblewrap reports what it could not start as one line of its own on stderr and exit code 1. A command can imitate
 * that line, and gains nothing by it.
 */
export function bubblewrapStartFailure({
  end,
  stdout,
  stderr,
}: RawResult): Extract<ProcessEnd, { kind: 'spawn-failed' }> | undefined {
  if (end.kind !== 'exited' || end.exitCode !== 1 || stdout.length > 0 || stderr.length > 8192) return undefined
  const text = new TextDecoder().decode(stderr)
  const line = /^bwrap: ((?:execvp|Can't chdir to) ?[^\n]*|[^\n]*): ([^:\n]+)\n$/.exec(text)
  if (line === null) return undefined
  const reason = line[2] as string
  return { kind: 'spawn-failed', code: CODES[reason] ?? 'SANDBOX', message: `${line[1]}: ${reason}` }
}
