import { createHash } from 'node:crypto'
import { accessSync, constants, createReadStream, readFileSync, readlinkSync } from 'node:fs'
import { join, posix } from 'node:path'
import { sha256 } from '../base/digest.ts'
import type { WorkspaceDiff } from '../contracts/workspace.ts'
import { createPacer, SMALL_FILE_BYTES_MAX, type TreeEntry, walkTree, withAccess } from './walk-tree.ts'

/** Path → what is there: a file's digest and whether it is executable, or a link's target. Folders do not count. */
export type TreeSnapshot = ReadonlyMap<string, string>

/** By content; `.scriptbench/` at the top, `node_modules/` and `.git` anywhere do not count. */
export async function snapshotTree(dir: string): Promise<TreeSnapshot> {
  const snapshot = new Map<string, string>()
  const pace = createPacer()
  for (const entry of await walkTree(dir, isIgnored)) {
    await pace()
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
export async function fingerprint(dir: string, { path, kind, mode, sizeBytes }: TreeEntry): Promise<string> {
  const full = join(dir, path)
  if (kind === 'link') return `link ${readlinkSync(full)}`
  if (kind !== 'file') return kind
  withAccess(full, file => accessSync(file, constants.R_OK))
  const digest = sizeBytes <= SMALL_FILE_BYTES_MAX ? sha256(readFileSync(full)) : await digestOfLargeFile(full)
  return `file ${(mode & 0o100) !== 0 ? 'x' : '-'} ${digest}`
}

async function digestOfLargeFile(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer)
  return hash.digest('hex')
}
