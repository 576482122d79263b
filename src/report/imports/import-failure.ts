/** Why nothing was imported; the message names the file, the place and what was expected. */
export interface ImportFailure {
  message: string
}

export function importFailure(message: string): { ok: false; error: ImportFailure } {
  return { ok: false, error: { message } }
}
