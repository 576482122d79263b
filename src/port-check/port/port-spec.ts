import { existsSync, statSync } from 'node:fs'
import { basename, delimiter, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { UserError } from '../../contracts/errors.ts'
import { isExecutable } from '../../os-sandbox/find-program.ts'
import { PORT_PROFILES, type PortProfile } from './port-protocol.ts'

/** Which port a text names. A profile is set where one of our two is to be used whatever release is imitated. */
export type PortSpec =
  | { kind: 'module'; file: string; name: string; profile?: PortProfile }
  | { kind: 'command'; words: string[] }

const BUILT_IN = 'built-in'
const BUILT_IN_FILE = fileURLToPath(
  new URL(`../host/built-in-port${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url),
)
const MODULE = /\.[mc]?[jt]s$/

/** A port as the user names it, in the option or argument `asked`: absent or `built-in` for our own tools, `built-in:0.55` for one profile of them, a module's file, or a command line of words. */
export function readPortSpec(spec = BUILT_IN, asked = '--port'): PortSpec {
  const [name, profile] = spec.split(':')
  if (name === BUILT_IN && !existsSync(spec)) return builtIn(spec, { profile, asked })
  const words = wordsOf(spec)
  const [first = ''] = words
  const isSingle = words.length === 1 || existsSync(spec)
  const file = existsSync(spec) ? spec : first
  if (isSingle && MODULE.test(file)) {
    if (existsSync(file)) return { kind: 'module', file: resolve(file), name: basename(file) }
    throw new UserError('file-not-found', `${asked} ${spec}: file not found; expected a module or a command.`)
  }
  if (words.length === 0) throw new UserError('usage', `${asked}: expected a module or a command, got an empty text.`)
  const command = existsSync(spec) ? [resolve(spec)] : words.map(absoluteIfFile)
  expectProgram(command[0] as string, `${asked} ${spec}`)
  return { kind: 'command', words: command }
}

/** Found out once, not case by case. */
function expectProgram(name: string, asked: string): void {
  const expected = 'expected a module (.ts, .js, …), or a command whose first word is a program'
  if (existsSync(name) && statSync(name).isDirectory()) {
    throw new UserError('usage', `${asked}: ${name} is a folder; ${expected}.`)
  }
  const folders = name.includes('/') ? [''] : (process.env.PATH ?? '').split(delimiter)
  if (folders.some(folder => isExecutable(folder === '' ? name : join(folder, name)))) return
  const found = existsSync(name) ? `${name} is not executable (chmod +x?)` : `program not found: ${name}`
  throw new UserError('usage', `${asked}: ${found}; ${expected}.`)
}

function builtIn(spec: string, { profile, asked }: { profile: string | undefined; asked: string }): PortSpec {
  if (profile === undefined) return { kind: 'module', file: BUILT_IN_FILE, name: BUILT_IN }
  const known = PORT_PROFILES.find(one => one === profile)
  if (known) return { kind: 'module', file: BUILT_IN_FILE, name: spec, profile: known }
  const names = PORT_PROFILES.map(one => `${BUILT_IN}:${one}`).join(', ')
  throw new UserError('usage', `${asked} ${spec}: unknown profile; expected ${BUILT_IN}, ${names}.`)
}

/** Every call runs in a folder of its own, so that relative names of files would not be found there. */
function absoluteIfFile(word: string): string {
  return existsSync(word) && statSync(word).isFile() ? resolve(word) : word
}

/** Splits a command line at blanks, quotes kept together, without any other meaning of a shell. */
function wordsOf(line: string): string[] {
  return [...line.matchAll(/(?:[^\s'"]|'[^']*'|"[^"]*")+/g)].map(([word]) =>
    word.replace(/'([^']*)'|"([^"]*)"/g, (_, single?: string, double?: string) => single ?? double ?? ''),
  )
}
