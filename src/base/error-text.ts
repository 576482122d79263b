/** What went wrong, in one text: anything can be thrown. */
export function errorText(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
