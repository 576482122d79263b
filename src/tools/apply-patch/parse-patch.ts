import type { Result } from '../../contracts/result.ts'
import { framePatch } from './frame-patch.ts'
import { parseHunks } from './parse-hunks.ts'
import { parseHunks055 } from './parse-hunks-055.ts'
import type { ParsedPatch, PatchParseError, PatchProfile } from './patch.ts'

/** Patch text → operations, with the leniency of the chosen profile. Pure; never throws. */
export function parsePatch(text: string, profile: PatchProfile = '0.169'): Result<ParsedPatch, PatchParseError> {
  const framed = framePatch(text, profile)
  if (!framed.ok) return { ok: false, error: { message: framed.error } }
  return profile === '0.169' ? parseHunks(framed.value) : parseHunks055(framed.value)
}

/** How the standalone program prints a parse error. */
export function standaloneParseMessage(error: PatchParseError): string {
  return error.line === undefined
    ? `Invalid patch: ${error.message}`
    : `Invalid patch hunk on line ${error.line}: ${error.message}`
}

/** How a tool call's output words the same error. */
export function toolParseMessage(error: PatchParseError): string {
  return error.line === undefined
    ? `invalid patch: ${error.message}`
    : `invalid hunk at line ${error.line}, ${error.message}`
}
