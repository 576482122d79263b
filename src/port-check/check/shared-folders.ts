import { lstatSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { type CaseFolder, createCaseFolder } from './case-folder.ts'

/** A case's folder for as long as a unit of cases runs in it. */
export interface BorrowedFolder {
  readonly folder: CaseFolder
  /** Writes the tree, unless it is there already. */
  prepare(write: () => Promise<void>): Promise<void>
  release(): void
}

export interface SharedFolders {
  /** A folder with the tree that the key names, from an earlier unit; else a new one at `dir`. */
  borrow(key: string, dir: string): BorrowedFolder
}

/**
 * Keeps the folders of cases that start from the same tree for the next of them. A folder in which anything has
 * changed is removed, so that every case finds its tree fresh.
 */
export function createSharedFolders(): SharedFolders {
  const idle = new Map<string, { folder: CaseFolder; stamp: string }[]>()
  return {
    borrow(key, dir) {
      const kept = idle.get(key) ?? []
      idle.set(key, kept)
      const found = kept.pop()
      const folder = found?.folder ?? createCaseFolder(dir)
      let stamp = found?.stamp
      return {
        folder,
        async prepare(write) {
          if (stamp !== undefined) return
          await write()
          stamp = stampOf(folder)
        },
        release() {
          const isFresh = stamp !== undefined && folder.damageOutside() === undefined && stampOf(folder) === stamp
          if (stamp !== undefined && isFresh) kept.push({ folder, stamp })
          else folder.remove()
        },
      }
    },
  }
}

/** A folder for one unit alone. */
export function ownFolder(dir: string): BorrowedFolder {
  const folder = createCaseFolder(dir)
  let isPrepared = false
  return {
    folder,
    async prepare(write) {
      if (!isPrepared) await write()
      isPrepared = true
    },
    release: folder.remove,
  }
}

/** Changes with everything that is written, renamed, linked or removed below the folder's root. */
function stampOf({ root }: CaseFolder): string {
  return stampsIn(root).join('\n')
}

/** Not a recursive `readdir`, which follows links in circles. */
function stampsIn(path: string): string[] {
  const stats = lstatSync(path, { bigint: true })
  const { mode, size, ino, ctimeNs } = stats
  const below = stats.isDirectory() ? readdirSync(path).flatMap(name => stampsIn(join(path, name))) : []
  return [[path, mode, size, ino, ctimeNs].join(' '), ...below]
}
