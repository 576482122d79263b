import type { Dirent } from 'node:fs'
import { readdir, realpath, stat } from 'node:fs/promises'
import { type IgnoreRules, isIgnored, isRuleFile, readIgnoreRules } from './ignore-rules.ts'
import type { SearchProfile } from './search-profile.ts'
import { turn } from './turn.ts'

export interface FoundEntry {
  /** Relative to the root, with `/`; the root itself is empty. */
  path: string
  kind: 'file' | 'directory'
}

export interface WalkOptions {
  signal: AbortSignal
  /** Whose ignore rules count. */
  profile: SearchProfile
  /** Where a symlink leads on this machine; undefined if it must not be followed. */
  follow(path: string): Promise<string | undefined>
}

interface Folder {
  /** Without symlinks. */
  path: string
  prefix: string
  rules: IgnoreRules | undefined
  /** The folder it was reached through. */
  parent?: Folder
}

interface Target {
  path: string
  isDirectory: boolean
}

/** Files and folders under a root that the ignore rules leave; hidden ones included, links followed. Unreadable folders are skipped. */
export async function walkFiles(root: string, options: WalkOptions): Promise<FoundEntry[]> {
  const path = await realpath(root).catch(() => undefined)
  if (path === undefined) return []
  const found: FoundEntry[] = [{ path: '', kind: 'directory' }]
  let folders: Folder[] = [{ path, prefix: '', rules: undefined }]
  while (folders.length > 0 && !options.signal.aborted) {
    const next = await Promise.all(folders.map(folder => walkFolder(folder, found, options)))
    folders = next.flat()
  }
  return found
}

async function walkFolder(folder: Folder, found: FoundEntry[], options: WalkOptions): Promise<Folder[]> {
  const entries = await readdir(folder.path, { withFileTypes: true }).catch(() => undefined)
  if (!entries) return []
  const names = new Set(entries.map(({ name }) => name).filter(isRuleFile))
  const { path, prefix } = folder
  const rules =
    names.size > 0 ? await readIgnoreRules({ path, prefix, names }, folder.rules, options.profile) : folder.rules
  const below: Folder[] = []
  for (const entry of entries) {
    if (rules) await turn()
    if (options.signal.aborted) break
    // A name that is not UTF-8 has no path that anybody could pass on.
    if (entry.name.includes('\ufffd')) continue
    const inner = prefix + entry.name
    const target = entry.isSymbolicLink() ? await linkTarget(inner, folder, options) : plainTarget(entry, folder)
    if (!target || (rules && isIgnored(rules, inner, target.isDirectory))) continue
    found.push({ path: inner, kind: target.isDirectory ? 'directory' : 'file' })
    if (target.isDirectory) below.push({ path: target.path, prefix: `${inner}/`, rules, parent: folder })
  }
  return below
}

function plainTarget(entry: Dirent, folder: Folder): Target {
  return { path: `${folder.path}/${entry.name}`, isDirectory: entry.isDirectory() }
}

/** Undefined for a link that leads nowhere, out, or to a folder that it was reached through. */
async function linkTarget(inner: string, folder: Folder, { follow }: WalkOptions): Promise<Target | undefined> {
  const path = await follow(inner)
  const found = path === undefined ? undefined : await stat(path).catch(() => undefined)
  if (path === undefined || !found) return undefined
  for (let above: Folder | undefined = folder; above; above = above.parent) if (above.path === path) return undefined
  return { path, isDirectory: found.isDirectory() }
}
