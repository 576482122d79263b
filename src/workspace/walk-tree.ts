import { chmod, lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'

export interface TreeEntry {
  /** Relative to the walked folder, with `/`. */
  path: string
  kind: 'file' | 'folder' | 'link' | 'other'
  mode: number
  modifiedAt: Date
}

/** Room for the folder that a copy stands in: systems take paths of 4 096 bytes, some of 1 024. */
const PATH_BYTES_MAX = process.platform === 'linux' ? 3_500 : 700

/**
 * Every entry below a folder, a folder before what it holds, names sorted. Links are not followed.
 * Left out: what is nested too deep for a path, and names that are no text (an agent may make both).
 */
export async function walkTree(root: string, isSkipped: (path: string) => boolean): Promise<TreeEntry[]> {
  const entries: TreeEntry[] = []
  const visit = async (folder: string) => {
    const names = await withAccess(join(root, folder), path => readdir(path))
    for (const name of names.sort()) {
      const path = folder === '' ? name : `${folder}/${name}`
      if (isSkipped(path)) continue
      const entry = await entryOf(root, path)
      if (entry === undefined) continue
      entries.push(entry)
      if (entry.kind === 'folder') await visit(path)
    }
  }
  await visit('')
  return entries
}

async function entryOf(root: string, path: string): Promise<TreeEntry | undefined> {
  if (Buffer.byteLength(path) > PATH_BYTES_MAX) return undefined
  const stats = await lstat(join(root, path)).catch(nothingIfUnspeakable)
  if (stats === undefined) return undefined
  const kind = stats.isSymbolicLink() ? 'link' : stats.isDirectory() ? 'folder' : stats.isFile() ? 'file' : 'other'
  return { path, kind, mode: stats.mode & 0o7777, modifiedAt: stats.mtime }
}

/** An agent may have taken its own rights away (`chmod 000`); that must not keep a trial from its verdict. */
export async function withAccess<Value>(path: string, act: (path: string) => Promise<Value>): Promise<Value> {
  try {
    return await act(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EACCES') throw error
    await chmod(path, 0o700)
    return act(path)
  }
}

function nothingIfUnspeakable(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT' && error.code !== 'ENAMETOOLONG') throw error
}
