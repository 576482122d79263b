import { constants } from 'node:fs'
import { lstat, readlink, rm, symlink } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { HostFiles } from '../host-files.ts'
import { errorCode } from '../os-error-text.ts'
import type { PatchTarget } from './target-files.ts'

type Undo = () => Promise<void>

/** Remembers what was where a patch is about to write, so that a failure half-way can be undone. */
export interface WriteJournal {
  record(target: PatchTarget): Promise<void>
  /** Restores everything recorded, newest first; what cannot be restored is left. */
  undo(): Promise<void>
}

export function createWriteJournal(files: HostFiles): WriteJournal {
  const undos: Undo[] = []
  return {
    record: async ({ entry, file }) => {
      for (const path of new Set([file, entry])) undos.push(await undoFor(files, path))
    },
    undo: async () => {
      for (const undo of undos.splice(0).reverse()) await undo().catch(() => undefined)
    },
  }
}

async function undoFor(files: HostFiles, path: string): Promise<Undo> {
  try {
    const found = await lstat(path)
    if (found.isSymbolicLink()) return restoreLink(files, path, await readlink(path))
    if (!found.isFile()) return async () => undefined
    await using handle = await files.open(path, constants.O_RDONLY)
    return restoreFile(files, path, { content: await handle.readFile(), mode: found.mode & 0o7777 })
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') return async () => undefined
    const made = await highestMissing(path)
    return () => rm(made, { recursive: true, force: true })
  }
}

function restoreFile(files: HostFiles, path: string, { content, mode }: { content: Uint8Array; mode: number }): Undo {
  return async () => {
    await using handle = await files.open(path, constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC)
    await handle.writeFile(content)
    await handle.chmod(mode)
  }
}

function restoreLink(files: HostFiles, path: string, target: string): Undo {
  return async () => {
    if ((await readlink(path).catch(() => undefined)) === target) return
    await files.unlink(path).catch(() => undefined)
    await symlink(target, path)
  }
}

/** The path itself or the outermost of its folders that does not exist yet. */
async function highestMissing(path: string): Promise<string> {
  const parent = dirname(path)
  const isThere = await lstat(parent).then(
    () => true,
    () => false,
  )
  return isThere || parent === path ? path : highestMissing(parent)
}
