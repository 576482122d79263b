import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** What `workspace-write` lets a process of the `host` view write in addition to its workspace. */
export interface HostWritable {
  /** Further folders. */
  writableRoots?: readonly string[]
  /** Leaves out the folder that TMPDIR names. */
  isTmpdirExcluded?: boolean
  isSlashTmpExcluded?: boolean
}

/** The existing folders that can be written, the workspace first; real paths. */
export function writableRoots(
  workspace: string,
  { writableRoots: roots = [], isTmpdirExcluded = false, isSlashTmpExcluded = false }: HostWritable,
  environment: Readonly<Record<string, string | undefined>>,
): string[] {
  const temporary = isTmpdirExcluded || !environment.TMPDIR ? [] : [environment.TMPDIR]
  const slashTmp = isSlashTmpExcluded ? [] : ['/tmp']
  const folders = [workspace, ...roots.map(root => resolve(workspace, root)), ...slashTmp, ...temporary]
  return [...new Set(folders.filter(isFolder).map(folder => realpathSync(folder)))]
}

/** The history under a root: its `.git`, and the folder that a `.git` file names. */
export function gitPaths(root: string): string[] {
  const git = join(root, '.git')
  if (!existsSync(git)) return []
  if (isFolder(git)) return [git]
  const named = /^gitdir: (.+?)\s*$/.exec(readText(git))?.[1]
  const folder = named === undefined ? undefined : resolve(root, named)
  return folder !== undefined && isFolder(folder) ? [git, realpathSync(folder)] : [git]
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}
