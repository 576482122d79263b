import { lstat, readdir, readFile, readlink } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { digestOf, sha256 } from '../base/digest.ts'

/** One entry of a folder's tree; `path` is relative and uses `/`. */
export interface TreeEntry {
  path: string
  kind: 'file' | 'symlink' | 'other'
  isExecutable: boolean
}

/** Every file below a folder, sorted by path; symlinks are not followed. */
export async function listTree(dir: string): Promise<TreeEntry[]> {
  const found = await readdir(dir, { recursive: true, withFileTypes: true })
  const entries = found
    .filter(entry => !entry.isDirectory())
    .map(async (entry): Promise<TreeEntry> => {
      const absolute = join(entry.parentPath, entry.name)
      const { mode } = await lstat(absolute)
      const kind = entry.isSymbolicLink() ? 'symlink' : entry.isFile() ? 'file' : 'other'
      const path = relative(dir, absolute).split(sep).join('/')
      return { path, kind, isExecutable: kind === 'file' && (mode & 0o100) !== 0 }
    })
  const listed = await Promise.all(entries)
  return listed.sort((left, right) => (left.path < right.path ? -1 : 1))
}

/**
 * Digest over names, execute bits, bytes and symlink targets, and over nothing of this machine.
 * The other permission bits depend on the umask of whoever checked the files out.
 */
export async function folderDigest(dir: string): Promise<string> {
  const lines: [string, string, string][] = []
  for (const { path, kind, isExecutable } of await listTree(dir)) {
    const absolute = join(dir, path)
    if (kind === 'symlink') lines.push([path, 'symlink', await readlink(absolute)])
    if (kind === 'file') lines.push([path, isExecutable ? 'program' : 'file', sha256(await readFile(absolute))])
  }
  return digestOf(lines)
}
