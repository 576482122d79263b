import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  type Dirent,
  lchownSync,
  lstatSync,
  lutimesSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, posix, relative } from 'node:path'
import { isUsualMode, type Tree, type TreeEntry, treeOf } from '../corpus/tree.ts'

/** More than any case leaves; what a port writes beyond it is not read. */
const ENTRIES_MAX = 20_000
const TREE_BYTES_MAX = 64 * 1024 * 1024

/** A file outside a case's tree; nothing that runs in the tree should touch it. */
const CANARY = { name: 'not-yours.txt', text: 'A port that changes this file writes outside its tree.\n' }

const ROOT = 'root'
const NOBODY = 65_534

/** The folder of one case. `{{CWD}}` is the working directory, `{{ROOT}}` its parent, which belongs to the case too. */
export interface CaseFolder {
  readonly cwd: string
  readonly root: string
  /** Fills the placeholders of a corpus text. */
  filled(text: string): string
  /** Puts the placeholders back. */
  emptied(text: string): string
  write(tree: Tree, options?: { fifos?: readonly string[]; hasOrderedTimes?: boolean }): void
  /** Everything under the root, keys relative to the working directory. */
  read(): Tree
  /** The same form for a tree of the corpus, with placeholders filled and paths normalised, so that both compare. */
  comparable(tree: Tree): Tree
  /** Gives everything to the user `nobody`, if this process can. */
  giveToNobody(): void
  /** What was changed outside the root; absent when nothing was. */
  damageOutside(): string | undefined
  remove(): void
  /** Does something more when it is removed. */
  onRemove(work: () => void): void
}

/** Raised while a tree is read that no case would leave. */
export class TreeTooLargeError extends Error {}

/** Raised for a tree of a corpus that reaches beyond the case's folder. */
export class PathOutsideError extends Error {}

/** Makes `folder` with a canary and the case's root in it. */
export function createCaseFolder(folder: string): CaseFolder {
  const root = join(folder, ROOT)
  // Recorded commands call their working directory by this name.
  const cwd = join(root, 'work')
  mkdirSync(cwd, { recursive: true })
  writeFileSync(join(folder, CANARY.name), CANARY.text)
  const filled = (text: string) => text.replaceAll('{{CWD}}', cwd).replaceAll('{{ROOT}}', root)
  const placeholders = [cwd, root].map(path => new RegExp(`${path.replace(/[^\w/-]/g, '\\$&')}(?![\\w-])`, 'g'))
  const emptied = (text: string) =>
    placeholders.reduce((left, path, index) => left.replace(path, index === 0 ? '{{CWD}}' : '{{ROOT}}'), text)
  const atRemoval: (() => void)[] = []
  const placeOf = (name: string) => {
    const path = posix.resolve(cwd, filled(name))
    if (path.startsWith(`${root}/`)) return path
    throw new PathOutsideError(`${JSON.stringify(name)} is outside {{ROOT}}`)
  }
  const shownKey = (path: string) => emptied(posix.normalize(path))
  return {
    cwd,
    root,
    filled,
    emptied,
    write(tree, { fifos = [], hasOrderedTimes = false } = {}) {
      const modes: [string, number][] = []
      // Links last, so that nothing is written through them.
      const entries = Object.entries(tree).sort(([, left], [, right]) => Number('l' in left) - Number('l' in right))
      for (const [name, entry] of entries) {
        const path = placeOf(name)
        writeEntry(path, entry, filled)
        if (entry.m !== undefined) modes.push([path, Number.parseInt(entry.m, 8)])
      }
      for (const fifo of fifos) execFileSync('mkfifo', [placeOf(fifo)])
      if (hasOrderedTimes) orderTimes(cwd, Object.keys(tree))
      for (const [path, mode] of modes.reverse()) chmodSync(path, mode)
    },
    read() {
      const found = new Map<string, TreeEntry>()
      readInto(found, { cwd, emptied, bytes: 0 }, root)
      return treeOf([...found].map(([path, entry]) => [shownKey(path), entry]))
    },
    comparable: tree =>
      treeOf(Object.entries(tree).map(([path, entry]) => [shownKey(filled(path)), withoutUsualMode(entry)])),
    giveToNobody() {
      if (process.getuid?.() !== 0) return
      for (const entry of readdirSync(root, { recursive: true, encoding: 'utf8' })) {
        lchownSync(join(root, entry), NOBODY, NOBODY)
      }
      lchownSync(root, NOBODY, NOBODY)
    },
    damageOutside: () => damageIn(folder),
    onRemove(work) {
      atRemoval.push(work)
    },
    remove() {
      for (const work of atRemoval.splice(0)) work()
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
    },
  }
}

function writeEntry(path: string, entry: TreeEntry, filled: (text: string) => string): void {
  mkdirSync(dirname(path), { recursive: true })
  if (entry.l !== undefined) symlinkSync(filled(entry.l), path)
  else if (entry.d !== undefined) mkdirSync(path, { recursive: true })
  else if (entry.p !== undefined) execFileSync('mkfifo', [path])
  else writeFileSync(path, entry.f64 === undefined ? filled(entry.f ?? '') : Buffer.from(entry.f64, 'base64'))
}

/** The k-th name in code point order was last changed at 1 700 000 000 + 10·k seconds, links themselves included. */
function orderTimes(cwd: string, names: readonly string[]): void {
  const sorted = names.toSorted((left, right) => Buffer.compare(Buffer.from(left), Buffer.from(right)))
  for (const [index, name] of sorted.entries()) {
    const seconds = 1_700_000_000 + 10 * index
    lutimesSync(join(cwd, name), seconds, seconds)
  }
}

/** How a tree is read: where it is, what is put back into texts, and how much was read so far. */
interface TreeRead {
  cwd: string
  emptied(text: string): string
  bytes: number
}

function readInto(found: Map<string, TreeEntry>, reading: TreeRead, folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (found.size >= ENTRIES_MAX) throw new TreeTooLargeError(`the tree has more than ${ENTRIES_MAX} entries`)
    const path = join(folder, entry.name)
    const key = relative(reading.cwd, path)
    if (entry.isDirectory() && readdirSync(path).length > 0) readInto(found, reading, path)
    else if (key !== '') found.set(key, readEntry(entry, path, reading))
  }
}

function readEntry(entry: Dirent, path: string, reading: TreeRead): TreeEntry {
  if (entry.isSymbolicLink()) return { l: reading.emptied(readlinkSync(path)) }
  const { mode, size } = lstatSync(path)
  const m = (mode & 0o7777).toString(8)
  if (entry.isDirectory()) return withoutUsualMode({ d: 1, m })
  if (!entry.isFile()) return withoutUsualMode({ p: 1, m })
  reading.bytes += size
  if (reading.bytes > TREE_BYTES_MAX) throw new TreeTooLargeError(`the tree has more than ${TREE_BYTES_MAX} bytes`)
  const bytes = readFileSync(path)
  const text = bytes.toString()
  const content = Buffer.from(text).equals(bytes) ? { f: reading.emptied(text) } : { f64: bytes.toString('base64') }
  return withoutUsualMode({ ...content, m })
}

function withoutUsualMode({ m, ...entry }: TreeEntry): TreeEntry {
  const bare = entry.d === undefined ? entry : { ...entry, d: 1 }
  return m === undefined || isUsualMode(m) ? bare : { ...bare, m }
}

function damageIn(folder: string): string | undefined {
  const names = readdirSync(folder)
  const stranger = names.find(name => name !== ROOT && name !== CANARY.name)
  if (stranger !== undefined) return `it made ${JSON.stringify(stranger)} outside its tree`
  if (!names.includes(ROOT)) return 'it removed the folder its tree lies in'
  const isUntouched = names.includes(CANARY.name) && readFileSync(join(folder, CANARY.name), 'utf8') === CANARY.text
  return isUntouched ? undefined : 'it changed a file outside its tree'
}
