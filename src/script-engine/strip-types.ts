import { stripTypeScriptTypes } from 'node:module'

export type Stripped =
  | { ok: true; code: string }
  | { ok: false; message: string; code: string; line?: number; column?: number }

let isLoaded = false

/** Node says once that this function is experimental; that one warning is not for our users. */
function loadSilently(): void {
  if (isLoaded) return
  isLoaded = true
  const { emitWarning } = process
  process.emitWarning = ((warning: string | Error, ...rest: unknown[]) => {
    if (!String(warning).includes('stripTypeScriptTypes')) Reflect.apply(emitWarning, process, [warning, ...rest])
  }) as typeof process.emitWarning
  try {
    stripTypeScriptTypes('')
  } finally {
    process.emitWarning = emitWarning
  }
}

/**
 * Node's strip errors carry their place only in `stack`: `file:line`, then the source with a row of carets under the
 * offending part, then a blank line and the message.
 */
function placeOf(stack: string): { line?: number; column?: number } {
  const head = stack.split(/\r?\n/)
  const line = Number(/:(\d+)$/.exec(head[0] ?? '')?.[1])
  if (!Number.isInteger(line)) return {}
  const carets = head.slice(1, 8).find(text => /^\s*\^+\s*$/.test(text))
  return { line, ...(carets !== undefined && { column: carets.indexOf('^') + 1 }) }
}

/** Replaces TypeScript's types by blanks, so that every line and column stays. */
export function stripTypes(source: string): Stripped {
  loadSilently()
  try {
    return { ok: true, code: stripTypeScriptTypes(source) }
  } catch (error) {
    if (!(error instanceof Error)) return { ok: false, message: String(error), code: '' }
    const code = String((error as NodeJS.ErrnoException).code ?? '')
    return { ok: false, message: error.message, code, ...placeOf(error.stack ?? '') }
  }
}
