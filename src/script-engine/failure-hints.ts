import type { GuestError } from './script-vm.ts'

const NO_MODULES = 'a script has no modules and no Node globals: use tools.*'
const NO_NETWORK = 'a script has no network: use tools.*'
const NO_FILES = 'a script has no file system: use tools.* to read and write files'

const HINTS: Record<string, string> = {
  ...{ require: NO_MODULES, module: NO_MODULES, exports: NO_MODULES, __dirname: NO_MODULES, __filename: NO_MODULES },
  ...{ fs: NO_FILES, fsp: NO_FILES, Deno: NO_MODULES, Bun: NO_MODULES, global: 'write globalThis' },
  ...{ path: 'there is no path module: build paths with template strings', os: NO_MODULES },
  ...{ child_process: NO_MODULES, exec: 'write tools.<name>(…)', spawn: NO_MODULES, execSync: NO_MODULES },
  ...{ fetch: NO_NETWORK, axios: NO_NETWORK, XMLHttpRequest: NO_NETWORK, WebSocket: NO_NETWORK },
  process: 'there is no process: the working directory is context.workingDirectory, the environment context.env',
  Buffer: 'there is no Buffer: tools give and take plain JSON',
  setInterval: 'use a loop with `await new Promise(resolve => setTimeout(resolve, ms))`',
  setImmediate: 'use setTimeout or queueMicrotask',
  structuredClone: 'use JSON.parse(JSON.stringify(value))',
  URL: 'there is no URL class',
  TextEncoder: 'there is no TextEncoder',
  TextDecoder: 'there is no TextDecoder',
  window: 'a script runs in no browser',
  document: 'a script runs in no browser',
}

/** One sentence that helps with a mistake models make, if this is one. */
export function hintFor({ name, message }: GuestError): string | undefined {
  const missing = /^'?([\w$]+)'? is not defined$/.exec(message)?.[1]
  if (name === 'ReferenceError' && missing !== undefined)
    return Object.hasOwn(HINTS, missing) ? HINTS[missing] : undefined
  if (/could not load module|module.*not.*found|import/i.test(message) && name === 'ReferenceError') return NO_MODULES
  if (name === 'TypeError' && /read-only|not extensible|no setter/.test(message)) {
    return 'constants, tool results and context cannot be changed: copy what you want to change'
  }
  return undefined
}
