import type { Dirent } from 'node:fs'
import { readdir, realpath, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type IgnoreRules, isIgnored, readIgnoreRules } from './ignore-rules.ts'

export interface FoundEntry {
  /** Relative to the root, with `/`; the root itself is empty. */
  path: string
  kind: 'file' | 'directory'
}

export interface WalkOptions {
  signal: AbortSignal
  /** Where a symlink leads on this machine; undefined if it must not be followed. */
  follow(path: string): Promise<string | undefined>
}

interface Folder {
  path: string
  prefix: string
  rules?: IgnoreRules
  /** Real paths of the folder and those it was reached through, against loops. */
  ancestors: readonly string[]
}

/** Files and folders under a root that the ignore rules leave; hidden ones included, links followed. Unreadable folders are skipped. */
export async function walkFiles(root: string, options: WalkOptions): Promise<FoundEntry[]> {
  const found: FoundEntry[] = []
  const start = await realpath(root).catch(() => undefined)
  if (start === undefined) return found
  found.push({ path: '', kind: 'directory' })
  let folders: Folder[] = [{ path: root, prefix: '', ancestors: [start] }]
  while (folders.length > 0 && !options.signal.aborted) {
    const next = await Promise.all(folders.map(folder => walkFolder(folder, found, options)))
    folders = next.flat()
  }
  return found
}

async function walkFolder(folder: Folder, found: FoundEntry[], options: WalkOptions): Promise<Folder[]> {
  const entries = await readdir(folder.path, { withFileTypes: true }).catch(() => undefined)
  if (!entries) return []
  const names = new Set(entries.map(entry => entry.name))
  const rules = await readIgnoreRules({ path: folder.path, prefix: folder.prefix, names }, folder.rules)
  const below: Folder[] = []
  for (const entry of entries) {
    // A name that is not UTF-8 has no path that anybody could pass on.
    if (entry.name.includes('\ufffd')) continue
    const path = folder.prefix + entry.name
    const target = await targetOf(entry, join(folder.path, entry.name), path, options)
    if (!target || isIgnored(rules, path, target.isDirectory)) continue
    if (!target.isDirectory) {
      found.push({ path, kind: 'file' })
      continue
    }
    const real = entry.isSymbolicLink() ? target.path : join(folder.ancestors.at(-1) as string, entry.name)
    if (folder.ancestors.includes(real)) continue
    found.push({ path, kind: 'directory' })
    below.push({ path: target.path, prefix: `${path}/`, rules, ancestors: [...folder.ancestors, real] })
  }
  return below
}

async function targetOf(
  entry: Dirent,
  host: string,
  path: string,
  { follow }: WalkOptions,
): Promise<{ path: string; isDirectory: boolean } | undefined> {
  if (!entry.isSymbolicLink()) return { path: host, isDirectory: entry.isDirectory() }
  const target = await follow(path)
  const kind = target === undefined ? undefined : await stat(target).catch(() => undefined)
  return target !== undefined && kind ? { path: target, isDirectory: kind.isDirectory() } : undefined
}
