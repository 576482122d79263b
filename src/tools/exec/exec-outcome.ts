import type { ProcessResult } from '../../contracts/os-sandbox.ts'
import type { Result } from '../../contracts/result.ts'
import type { ToolErrorCode, ToolFailure } from '../../contracts/tool.ts'
import type { ExecOutput } from './exec-schema.ts'

const EXIT_TIMED_OUT = 124
const EXIT_SIGNAL_BASE = 128

export interface Presentation {
  /** `command[0]`. */
  program: string
  outputBytesMax: number
  scrub(text: string): string
}

/** A process's end as the tool reports it. */
export function outcomeOf(
  { end, ...result }: ProcessResult,
  { program, outputBytesMax, scrub }: Presentation,
): Result<ExecOutput, ToolFailure> {
  const text = (bytes: Uint8Array) => scrub(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes))
  const omitted =
    result.bytesDropped === 0
      ? ''
      : `\n[... ${result.bytesDropped} bytes omitted: only the first ${outputBytesMax} bytes of each stream are kept ...]\n`
  const output = (exitCode: number): Result<ExecOutput, ToolFailure> => ({
    ok: true,
    value: {
      exitCode,
      stdout: text(result.stdout),
      stderr: text(result.stderr),
      aggregatedOutput: text(result.aggregated) + omitted,
      timedOut: end.kind === 'timed-out',
      durationMs: Math.round(result.durationMs),
    },
  })
  switch (end.kind) {
    case 'exited':
      return output(end.exitCode)
    case 'signalled':
      return output(EXIT_SIGNAL_BASE + end.signal)
    case 'timed-out':
      return output(EXIT_TIMED_OUT)
    case 'cancelled':
      return failure('cancelled', 'exec was cancelled; the program was killed')
    case 'spawn-failed':
      return spawnFailure(program, end)
  }
}

function spawnFailure(
  program: string,
  { code, message }: { code: string; message: string },
): Result<never, ToolFailure> {
  if (code === 'ENOENT') return failure('not-found', `cannot run \`${program}\`: No such file or directory`)
  if (code === 'EACCES') return failure('failed', `cannot run \`${program}\`: Permission denied`)
  if (code === 'ENOEXEC') return failure('failed', `cannot run \`${program}\`: Exec format error`)
  if (code === 'ENOTDIR') return failure('failed', `cannot run \`${program}\`: Not a directory`)
  if (code === 'E2BIG') return failure('failed', `cannot run \`${program}\`: Argument list too long`)
  return failure('failed', `cannot run \`${program}\`: ${message}`)
}

export function failure(code: ToolErrorCode, message: string): { ok: false; error: ToolFailure } {
  return { ok: false, error: { code, message } }
}
