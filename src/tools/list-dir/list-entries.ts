import type { Dirent } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { cutToBytes } from '../cut-to-bytes.ts'

export type EntryKind = 'file' | 'directory' | 'symlink' | 'other'

export interface DirectoryEntry {
  /** Relative to the listed folder; bytes that are not UTF-8 read as U+FFFD. */
  relativePath: string
  kind: EntryKind
  /** 1 in the listed folder itself. */
  depth: number
  sortKey: Uint8Array
}

interface Folder {
  path: Buffer
  prefix: string
  depth: number
}

const SORT_KEY_BYTES_MAX = 500

/** All entries down to a depth, breadth first, sorted within each folder. Throws if any folder cannot be read. */
export async function listEntries(root: string, depthMax: number): Promise<DirectoryEntry[]> {
  const entries: DirectoryEntry[] = []
  const folders: Folder[] = [{ path: Buffer.from(root), prefix: '', depth: 1 }]
  for (const folder of folders) {
    const found = await readdir(folder.path, { withFileTypes: true, encoding: 'buffer' })
    const sorted = found
      .map(entry => ({ name: entry.name, entry: directoryEntry(entry, folder) }))
      .sort((left, right) => Buffer.compare(left.entry.sortKey, right.entry.sortKey))
    for (const { name, entry } of sorted) {
      entries.push(entry)
      if (entry.kind !== 'directory' || folder.depth >= depthMax) continue
      const path = Buffer.concat([folder.path, Buffer.from('/'), name])
      folders.push({ path, prefix: `${entry.relativePath}/`, depth: folder.depth + 1 })
    }
  }
  return entries
}

function directoryEntry(found: Dirent<Buffer>, { prefix, depth }: Folder): DirectoryEntry {
  const relativePath = prefix + found.name.toString('utf8')
  const sortKey = Buffer.from(cutToBytes(relativePath.replaceAll('\\', '/'), SORT_KEY_BYTES_MAX))
  return { relativePath, kind: kindOf(found), depth, sortKey }
}

function kindOf(entry: Dirent<Buffer>): EntryKind {
  if (entry.isSymbolicLink()) return 'symlink'
  if (entry.isDirectory()) return 'directory'
  return entry.isFile() ? 'file' : 'other'
}
