import { chmodSync, lstatSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'

export interface TreeEntry {
  /** Relative to the walked folder, with `/`. */
  path: string
  kind: 'file' | 'folder' | 'link' | 'other'
  mode: number
  sizeBytes: number
  modifiedAt: Date
}

/** Room for the folder that contains a copy: systems take paths of 4 096 bytes, some of 1 024. */
const PATH_BYTES_MAX = process.platform === 'linux' ? 3_500 : 700

/** Larger files are handled off the main thread. */
export const SMALL_FILE_BYTES_MAX = 1024 * 1024

/** Entries handled in one go, before timers and other trials get their turn. */
const ENTRIES_PER_GO = 128

/**
 * Counts entries and, every so many, lets the event loop turn. Work on small files is synchronous: handing each call
 * to a thread costs several times the call itself.
 */
export function createPacer(): () => Promise<void> | undefined {
  let count = 0
  return () => (++count % ENTRIES_PER_GO === 0 ? setImmediate() : undefined)
}

/**
 * Every entry below a folder, a folder before its content, names sorted. Links are not followed.
 * Left out: what is nested too deep for a path, and names that are not text (an agent can make both).
 */
export async function walkTree(root: string, isSkipped: (path: string) => boolean): Promise<TreeEntry[]> {
  const entries: TreeEntry[] = []
  const pace = createPacer()
  const visit = async (folder: string) => {
    const names = withAccess(join(root, folder), path => readdirSync(path))
    for (const name of names.sort()) {
      const path = folder === '' ? name : `${folder}/${name}`
      if (isSkipped(path)) continue
      await pace()
      const entry = entryOf(root, path)
      if (entry === undefined) continue
      entries.push(entry)
      if (entry.kind === 'folder') await visit(path)
    }
  }
  await visit('')
  return entries
}

function entryOf(root: string, path: string): TreeEntry | undefined {
  if (Buffer.byteLength(path) > PATH_BYTES_MAX) return undefined
  const stats = statsOf(join(root, path))
  if (stats === undefined) return undefined
  const kind = stats.isSymbolicLink() ? 'link' : stats.isDirectory() ? 'folder' : stats.isFile() ? 'file' : 'other'
  return { path, kind, mode: stats.mode & 0o7777, sizeBytes: stats.size, modifiedAt: stats.mtime }
}

/** An agent can remove its own rights (`chmod 000`); the trial still needs its verdict. */
export function withAccess<Value>(path: string, act: (path: string) => Value): Value {
  try {
    return act(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EACCES') throw error
    chmodSync(path, 0o700)
    return act(path)
  }
}

/** Names that are not text, and paths that are too long, cannot be asked for. */
function statsOf(path: string) {
  try {
    return lstatSync(path)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENAMETOOLONG') return undefined
    throw error
  }
}
