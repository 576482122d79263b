import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { applyMutation, type Mutation } from './mutation.ts'

const SOURCES_DIR = join(import.meta.dirname, '..', '..', '..', 'src')
/** What a port and its host consist of. */
const ROOMS = ['contracts', 'base', 'workspace', 'os-sandbox', 'tools', 'port-check']

/** A copy of our sources that can be a port: unchanged, and with one change at a time. */
export interface SourceTree {
  sourcesDir: string
  /** The port module. */
  portFile: string
  hostFile: string
  mutate(mutation: Mutation): void
  restore(mutation: Mutation): void
}

/** Copies what a port needs into a new folder, from the sources or another copy; packages are those of this one. */
export function copySources(dir: string, from = SOURCES_DIR): SourceTree {
  const sources = join(dir, 'src')
  mkdirSync(dir, { recursive: true })
  for (const room of ROOMS) cpSync(join(from, room), join(sources, room), { recursive: true })
  writeFileSync(join(dir, 'package.json'), '{"type": "module"}\n')
  symlinkSync(packagesDir(), join(dir, 'node_modules'))
  const write = (file: string, text: string) => writeFileSync(join(sources, file), text)
  const original = (file: string) => readFileSync(join(from, file), 'utf8')
  return {
    sourcesDir: sources,
    portFile: join(sources, 'port-check', 'host', 'built-in-port.ts'),
    hostFile: join(sources, 'port-check', 'host', 'host-main.ts'),
    mutate: mutation => write(mutation.file, applyMutation(original(mutation.file), mutation)),
    restore: ({ file }) => write(file, original(file)),
  }
}

function packagesDir(): string {
  return dirname(dirname(createRequire(import.meta.url).resolve('zod/package.json')))
}
