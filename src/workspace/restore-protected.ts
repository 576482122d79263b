import { chmod, rm } from 'node:fs/promises'
import { join } from 'node:path'
import picomatch from 'picomatch'
import { makeParents, replaceEntry } from './copy-tree.ts'
import { fingerprint } from './snapshot-tree.ts'
import { type TreeEntry, walkTree } from './walk-tree.ts'

export interface RestoreOptions {
  /** The task's own starting files. */
  from: string
  /** A copy of the workspace as the agent left it. */
  to: string
  /** Globs of protected files, relative to both folders. */
  globs: readonly string[]
}

const OWNER_ALL = 0o700

/**
 * Puts protected files back and removes those that match the globs but did not exist at first.
 * Returns what had been changed, sorted; the fingerprint is compared before anything is written.
 */
export async function restoreProtected({ from, to, globs }: RestoreOptions): Promise<string[]> {
  if (globs.length === 0) return []
  const matches = picomatch([...globs], { dot: true })
  const isProtected = (entry: TreeEntry) => entry.kind !== 'folder' && matches(entry.path)
  const originals = (await walkTree(from, () => false)).filter(isProtected)
  const names = new Set(originals.map(entry => entry.path))
  const current = new Map((await walkTree(to, () => false)).map(entry => [entry.path, entry]))
  for (const { path, kind, mode } of current.values()) {
    if (kind === 'folder' && (mode & OWNER_ALL) !== OWNER_ALL) await chmod(join(to, path), mode | OWNER_ALL)
  }

  const changed: string[] = []
  for (const entry of current.values()) {
    if (!isProtected(entry) || names.has(entry.path)) continue
    await rm(join(to, entry.path), { force: true })
    changed.push(entry.path)
  }
  for (const original of originals) {
    const found = current.get(original.path)
    if (found && (await fingerprint(to, found)) === (await fingerprint(from, original))) continue
    await makeParents(to, original.path)
    await replaceEntry({ from, to, entry: original })
    changed.push(original.path)
  }
  return changed.sort()
}
