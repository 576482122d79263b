import type { Result } from '../../contracts/result.ts'
import { trim } from '../rust-trim.ts'
import type { PatchProfile } from './patch.ts'
import { BEGIN_PATCH, END_PATCH, FIRST_LINE_MESSAGE, LAST_LINE_MESSAGE } from './patch-markers.ts'

const HEREDOC_OPENINGS = ['<<EOF', "<<'EOF'", '<<"EOF"']

/** The lines of a patch from Begin to End, both included, once a wrapping `<<EOF … EOF` is taken off. */
export function framePatch(text: string, profile: PatchProfile): Result<string[], string> {
  const trimmed = trim(text)
  const lines = trimmed === '' ? [] : trimmed.split('\n').map(withoutCarriageReturn)
  const outer = boundaryError(lines, profile)
  if (outer === undefined) return { ok: true, value: lines }
  if (!isWrapped(lines)) return { ok: false, error: outer }
  const inner = lines.slice(1, -1)
  const error = boundaryError(inner, profile)
  return error === undefined ? { ok: true, value: inner } : { ok: false, error }
}

export function withoutCarriageReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line
}

function boundaryError(lines: readonly string[], profile: PatchProfile): string | undefined {
  const bare = profile === '0.169' ? trim : (line: string) => line
  const first = lines[0]
  const last = lines.at(-1)
  if (first === undefined || last === undefined) return LAST_LINE_MESSAGE
  if (bare(first) !== BEGIN_PATCH) return FIRST_LINE_MESSAGE
  return bare(last) === END_PATCH ? undefined : LAST_LINE_MESSAGE
}

function isWrapped(lines: readonly string[]): boolean {
  return lines.length >= 4 && HEREDOC_OPENINGS.includes(lines[0] as string) && (lines.at(-1) as string).endsWith('EOF')
}
