import type { ScriptFailure } from '../../contracts/script.ts'
import { parseFailure } from '../failure/parse-failure.ts'
import { isPlainJavaScript } from './plain-javascript.ts'
import { stripTypes } from './strip-types.ts'

/** The name under which a script's positions appear in guest stacks. */
export const SCRIPT_FILE = 'script.ts'

// Two wrappers of equal length: source that closes one of them early cannot also fit the other.
const STRIP_PREFIX = 'async function _(){'
const RUN_PREFIX = '(async     () => {'.padEnd(STRIP_PREFIX.length)

/** JavaScript ready to run: an async function expression whose lines are those of the source. */
export interface PreparedScript {
  source: string
  code: string
  prefixLength: number
}

/** `isBroken`: the thread that said so must prepare nothing more. */
export type Preparation = { ok: true; script: PreparedScript } | { ok: false; failure: ScriptFailure; isBroken?: true }

/** In UTF-16 units; more than any model writes in one reply. */
const SOURCE_LENGTH_MAX = 1024 * 1024

/** The refusal of a source that is not even looked at. */
export function refuseLength(source: string): Preparation | undefined {
  if (source.length <= SOURCE_LENGTH_MAX) return undefined
  const message = `the script is ${source.length} characters long; at most ${SOURCE_LENGTH_MAX} are allowed`
  return { ok: false, failure: { class: 'parse', message } }
}

/** The script if it has no types to take away, which any thread can decide immediately. */
export function preparePlain(source: string): Preparation | undefined {
  const code = `${RUN_PREFIX}${source}\n})`
  const fitsBoth = isPlainJavaScript(code) && isPlainJavaScript(`${STRIP_PREFIX}${source}\n}`)
  return fitsBoth ? readyToRun(source, code) : undefined
}

function readyToRun(source: string, code: string): Preparation {
  return { ok: true, script: { source, code, prefixLength: RUN_PREFIX.length } }
}

/** Turns a model's TypeScript into a function, or says where and why that cannot be done. */
export function prepareScript(source: string): Preparation {
  const refusal = refuseLength(source)
  if (refusal !== undefined) return refusal
  const stripped = stripTypes(`${STRIP_PREFIX}${source}\n}`)
  if (!stripped.ok) {
    if (stripped.isBroken) return { ok: false, failure: { class: 'parse', message: stripped.message }, isBroken: true }
    const isOverclosed = stripTypes(STRIP_PREFIX + source).ok
    return {
      ok: false,
      failure: parseFailure({ ...stripped, source, prefixLength: STRIP_PREFIX.length, isOverclosed }),
    }
  }
  return readyToRun(source, `${RUN_PREFIX}${stripped.code.slice(STRIP_PREFIX.length)})`)
}
