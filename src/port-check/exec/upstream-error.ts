import type { ToolFailure } from '../../contracts/tool.ts'

/** Our words for why a program could not be started → Rust's. */
const CAUSES: readonly [RegExp, string][] = [
  [/No such file or directory$/, 'Os { code: 2, kind: NotFound, message: "No such file or directory" }'],
  [/Argument list too long$/, 'Os { code: 7, kind: ArgumentListTooLong, message: "Argument list too long" }'],
  [/Exec format error$/, 'Os { code: 8, kind: Uncategorized, message: "Exec format error" }'],
  [/Permission denied$/, 'Os { code: 13, kind: PermissionDenied, message: "Permission denied" }'],
  [/Not a directory$/, 'Os { code: 20, kind: NotADirectory, message: "Not a directory" }'],
  [/without null bytes/, 'Error { kind: InvalidInput, message: "nul byte found in provided data" }'],
]

/** What upstream shows the model of a command that did not run. */
export function upstreamError({ message }: ToolFailure | { message: string }): string {
  const cause = CAUSES.find(([pattern]) => pattern.test(message))?.[1]
  return cause === undefined ? message : `execution error: Io(${cause})`
}
