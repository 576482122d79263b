import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile, readlink, stat } from 'node:fs/promises'
import { join, posix } from 'node:path'
import { sha256 } from '../contracts/digest.ts'
import type { WorkspaceDiff } from '../contracts/workspace.ts'
import { type TreeEntry, walkTree, withAccess } from './walk-tree.ts'

/** Path → what stands there: a file's digest and whether it is executable, or a link's target. Folders do not count. */
export type TreeSnapshot = ReadonlyMap<string, string>

const WHOLE_BYTES_MAX = 1024 * 1024

/** By content; `.scriptbench/` at the top, `node_modules/` and `.git` anywhere do not count. */
export async function snapshotTree(dir: string): Promise<TreeSnapshot> {
  const snapshot = new Map<string, string>()
  for (const entry of await walkTree(dir, isIgnored)) {
    if (entry.kind !== 'folder') snapshot.set(entry.path, await fingerprint(dir, entry))
  }
  return snapshot
}

export function diffTrees(before: TreeSnapshot, after: TreeSnapshot): WorkspaceDiff {
  const added = [...after.keys()].filter(path => !before.has(path))
  const deleted = [...before.keys()].filter(path => !after.has(path))
  const modified = [...before.keys()].filter(path => after.has(path) && after.get(path) !== before.get(path))
  return { added: added.sort(), modified: modified.sort(), deleted: deleted.sort() }
}

function isIgnored(path: string): boolean {
  const name = posix.basename(path)
  return path === '.scriptbench' || name === 'node_modules' || name === '.git'
}

/** Equal text for equal content, kind and executable bit. */
export async function fingerprint(dir: string, { path, kind, mode }: TreeEntry): Promise<string> {
  const full = join(dir, path)
  if (kind === 'link') return `link ${await readlink(full)}`
  if (kind === 'file') return `file ${(mode & 0o100) !== 0 ? 'x' : '-'} ${await withAccess(full, digestOfFile)}`
  return kind
}

async function digestOfFile(path: string): Promise<string> {
  if ((await stat(path)).size <= WHOLE_BYTES_MAX) return sha256(await readFile(path))
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer)
  return hash.digest('hex')
}
