import { execFileSync } from 'node:child_process'
import {
  accessSync,
  chmodSync,
  constants,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, posix, relative } from 'node:path'
import type { ToolContext } from '../../src/contracts/tool.ts'
import { createWorkspaceView } from '../../src/workspace/workspace-view.ts'

/** One entry of a corpus tree: text, base64, empty folder or link; `m` is an octal mode. */
interface TreeEntry {
  f?: string
  f64?: string
  d?: number
  l?: string
  m?: string
}
export type Tree = Record<string, TreeEntry>

export interface Corpus<Header, Case> {
  header: Header
  cases: Case[]
}

/** Reads `fixtures/ports/<name>.jsonl`: a header line, then one case a line. */
export function readCorpus<Header, Case>(name: string): Corpus<Header, Case> {
  const file = join(import.meta.dirname, '../../fixtures/ports', `${name}.jsonl`)
  const [header, ...cases] = readFileSync(file, 'utf8')
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line))
  return { header, cases }
}

/** A temporary folder that is the cwd of cases, inside a root of its own. */
export interface CaseFolder extends Disposable {
  cwd: string
  /** Fills the placeholders of a corpus text. */
  filled(text: string): string
  /** Puts the placeholders back. */
  emptied(text: string): string
}

/** Thousands of small trees are written: in memory where the system offers that. */
const PARENT = isWritable('/dev/shm') ? '/dev/shm' : tmpdir()

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK)
    return true
  } catch {
    return false
  }
}

export function caseFolder(): CaseFolder {
  const root = realpathSync(mkdtempSync(join(PARENT, 'port-')))
  const cwd = join(root, 'cwd')
  mkdirSync(cwd)
  return {
    cwd,
    filled: text => text.replaceAll('{{CWD}}', cwd).replaceAll('{{ROOT}}', root),
    emptied: text => text.replaceAll(cwd, '{{CWD}}').replaceAll(root, '{{ROOT}}'),
    [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }),
  }
}

export function writeTree({ cwd, filled }: CaseFolder, tree: Tree, fifos: readonly string[] = []): void {
  for (const [name, entry] of Object.entries(tree)) {
    const path = join(cwd, filled(name))
    mkdirSync(dirname(path), { recursive: true })
    if (entry.l !== undefined) symlinkSync(filled(entry.l), path)
    else if (entry.d !== undefined) mkdirSync(path, { recursive: true })
    else writeFileSync(path, entry.f64 === undefined ? filled(entry.f ?? '') : Buffer.from(entry.f64, 'base64'))
    if (entry.m !== undefined) chmodSync(path, Number.parseInt(entry.m, 8))
  }
  for (const fifo of fifos) execFileSync('mkfifo', [join(cwd, fifo)])
}

/** The tree under the folder's root, keys relative to the cwd, comparable with `comparableTree`. */
export function readTree(folder: CaseFolder): Tree {
  const tree: Tree = {}
  readInto(tree, folder, dirname(folder.cwd))
  return comparableTree(folder, tree)
}

function readInto(tree: Tree, folder: CaseFolder, path: string): void {
  for (const name of readdirSync(path)) {
    const entry = join(path, name)
    const key = relative(folder.cwd, entry)
    const found = lstatSync(entry)
    if (found.isSymbolicLink()) tree[key] = { l: folder.emptied(readlinkSync(entry)) }
    else if (!found.isDirectory())
      tree[key] = { ...content(readFileSync(entry), folder), m: (found.mode & 0o777).toString(8) }
    else if (readdirSync(entry).length > 0) readInto(tree, folder, entry)
    else if (key !== '') tree[key] = { d: 1 }
  }
}

function content(bytes: Buffer, { emptied }: CaseFolder): TreeEntry {
  const text = bytes.toString()
  return Buffer.from(text).equals(bytes) ? { f: emptied(text) } : { f64: bytes.toString('base64') }
}

/** Keys sorted and normalised, usual modes left out. */
export function comparableTree({ filled, emptied }: CaseFolder, tree: Tree): Tree {
  const entries = Object.entries(tree).map(([key, { m, ...entry }]): [string, TreeEntry] => [
    emptied(posix.normalize(filled(key))),
    m === undefined || m === '644' || m === '755' ? entry : { ...entry, m },
  ])
  return Object.fromEntries(entries.sort(([left], [right]) => (left < right ? -1 : 1)))
}

/** What a file tool needs of its context, over a real folder. `guestRoot` is that folder itself unless given. */
export function folderContext(hostRoot: string, guestRoot = hostRoot): ToolContext & { wrote: string[] } {
  const wrote: string[] = []
  const context = {
    sandbox: { policy: 'workspace-write' },
    workspace: createWorkspaceView({ hostRoot, guestRoot }),
    signal: new AbortController().signal,
    note: (facts: { wrote?: string[] }) => wrote.push(...(facts.wrote ?? [])),
    wrote,
  }
  return context as unknown as ToolContext & { wrote: string[] }
}
