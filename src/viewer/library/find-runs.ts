import { readdir, stat } from 'node:fs/promises'
import { basename, join, relative, resolve, sep } from 'node:path'
import { digestOf } from '../../base/digest.ts'
import { compareText } from '../../base/lists.ts'
import type { Result } from '../../contracts/result.ts'

const DEPTH_MAX = 3

/** A folder that contains a run. `key` names it in addresses and, in an exported copy, on disk. */
export interface RunFolder {
  key: string
  path: string
  /** Relative to the folder that is looked at. */
  folder: string
}

/**
 * The runs in a folder and its subfolders, or the folder itself where it is a run. Keys are made here and only ever
 * looked up, so no address leads to another place on the disk.
 */
export async function findRuns(root: string): Promise<Result<RunFolder[], string>> {
  const problem = await problemOf(root)
  if (problem !== undefined) return { ok: false, error: problem }
  const paths = await searchRuns(resolve(root), 0)
  const runs = paths.sort(compareText).map(path => {
    const folder = relative(resolve(root), path).split(sep).join('/') || basename(path)
    return { key: keyOf(folder), path, folder }
  })
  return { ok: true, value: runs }
}

async function problemOf(root: string): Promise<string | undefined> {
  try {
    return (await stat(root)).isDirectory() ? undefined : `${root}: not a folder.`
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    return code === 'ENOENT' ? `${root}: no such folder.` : `${root}: cannot be read (${code}).`
  }
}

async function searchRuns(folder: string, depth: number): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  if (entries.some(entry => entry.name === 'manifest.json')) return [folder]
  if (depth === DEPTH_MAX) return []
  const found: string[] = []
  for (const entry of entries)
    if (entry.isDirectory()) found.push(...(await searchRuns(join(folder, entry.name), depth + 1)))
  return found
}

/** The folder's name where it is plain; otherwise its plain part with a digest, so that two never meet. */
function keyOf(folder: string): string {
  const plain = folder
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[.-]+|[.-]+$/g, '')
    .slice(0, 60)
  return plain === folder ? plain : `${plain === '' ? 'run' : plain}-${digestOf(folder).slice(0, 8)}`
}
