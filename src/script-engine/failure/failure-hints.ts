import type { GuestError } from '../vm/script-vm.ts'
import type { ScriptToken } from './syntax/script-tokens.ts'
import { valueHint } from './value-hints.ts'

const NO_MODULES = 'a script has no modules and no Node globals: use tools.*'
const NO_NETWORK = 'a script has no network: use tools.*'
const NO_FILES = 'a script has no file system: use tools.* to read and write files'
const NO_BROWSER = 'a script runs in no browser: print with console.log, return a value'
const NO_BYTES = 'there is no Buffer and no encoder: tools give and take plain JSON, texts are strings'
const WAIT = 'write `await new Promise(resolve => setTimeout(resolve, ms))`'
const TOOLS = 'tools are called as tools.<name>({ … })'

const all = (names: string, hint: string) => Object.fromEntries(names.split(' ').map(name => [name, hint]))

/** What to use instead of names that models expect to be there. */
const HINTS: Record<string, string> = {
  ...all('require module exports __dirname __filename Deno Bun os util child_process spawn execSync vm', NO_MODULES),
  ...all('fs fsp fsPromises readFileSync writeFileSync', NO_FILES),
  ...all('fetch axios XMLHttpRequest WebSocket http https Headers Request Response FormData', NO_NETWORK),
  ...all('window document navigator localStorage sessionStorage location alert prompt confirm self', NO_BROWSER),
  ...all('Buffer TextEncoder TextDecoder Blob File btoa atob', NO_BYTES),
  ...all('sleep delay wait', WAIT),
  ...all('tool Tools toolCalls tool_calls functions', TOOLS),
  global: 'write globalThis',
  path: 'there is no path module: build paths with template strings',
  process: 'there is no process: the working directory is context.workingDirectory, the environment context.env',
  setInterval: 'use a loop with `await new Promise(resolve => setTimeout(resolve, ms))`',
  clearInterval: 'use a loop with `await new Promise(resolve => setTimeout(resolve, ms))`',
  setImmediate: 'use setTimeout or queueMicrotask',
  structuredClone: 'use JSON.parse(JSON.stringify(value))',
  URL: 'there is no URL class: take addresses apart with string methods or a regular expression',
  URLSearchParams: 'there is no URLSearchParams: use encodeURIComponent and string methods',
  crypto: 'there is no crypto: use Math.random for ids',
  Intl: 'there is no Intl: use toFixed, padStart and toISOString',
  AbortController: 'there is no AbortController: tools have their own limits',
  print: 'use console.log',
}

/** The messages meant are short; on what a script writes itself, patterns could take long. */
const MESSAGE_LENGTH_MAX = 300

/** Where an error was thrown: a token of the script. */
export interface HintPlace {
  tokens: readonly ScriptToken[]
  index: number
}

/** One sentence that helps with a mistake models make, if this is one. */
export function hintFor({ name, message }: GuestError, place?: HintPlace): string | undefined {
  if (message.length > MESSAGE_LENGTH_MAX) return undefined
  if (name === 'ReferenceError') return missingHint(message, place)
  if (name !== 'TypeError') return undefined
  if (/read-only|not extensible|no setter/.test(message)) {
    return 'constants, tool results and context cannot be changed: copy what you want to change'
  }
  return place === undefined ? undefined : valueHint(message, place)
}

function missingHint(message: string, place: HintPlace | undefined): string | undefined {
  const missing = /^'?([\w$]+)'? is not defined$/.exec(message)?.[1]
  if (missing === undefined)
    return /could not load module|module.*not.*found|import/i.test(message) ? NO_MODULES : undefined
  if (Object.hasOwn(HINTS, missing)) return HINTS[missing]
  const next = place?.tokens[place.index + 1]?.text
  const after = place?.tokens[place.index + 2]?.text
  if (next === '.' && after === 'tools') return 'tools is a global: write tools.<name>({ … })'
  const isCalled = next === '(' && place?.tokens[place.index - 1]?.text !== 'new'
  return isCalled ? `if ${missing} is a tool, write tools.${missing}({ … })` : undefined
}
