import { constants } from 'node:fs'
import { lstat, realpath, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Result } from '../../contracts/result.ts'
import type { ToolFailure } from '../../contracts/tool.ts'
import type { HostFiles } from '../host-files.ts'
import { errorCode, osErrorText } from '../os-error-text.ts'
import type { PatchProfile } from './patch.ts'
import { utf8Text } from './utf8-text.ts'

/** One path of a patch, resolved. */
export interface PatchTarget {
  /** As spelled in the patch. */
  spelled: string
  /** Absolute, in the path space of the patch's author; what messages name. */
  shown: string
  /** On this machine, for reading and writing; possibly resolved through symlinks. */
  file: string
  /** On this machine, the directory entry itself, for deleting. */
  entry: string
}

export type Attempt<T> = Promise<Result<T, ToolFailure>>

/** The file operations of a patch, with the messages of one profile. `name` is what a message calls the target. */
export interface TargetFiles {
  /** The content of a regular file as strict UTF-8. `what` begins the message: `Failed to read`. */
  read(target: PatchTarget, name: string, what: string): Attempt<string>
  /** Writes through links and keeps an existing file's mode; makes missing folders. */
  write(target: PatchTarget, name: string, text: string): Attempt<void>
  /** Removes the entry; 0.169 first insists on a file, seen through links. */
  remove(target: PatchTarget, name: string): Attempt<void>
  /** Removes the source of a move, unless it is the very file that was just written as its destination. */
  removeMoved(source: PatchTarget, destination: PatchTarget, name: string): Attempt<void>
}

const DONE = { ok: true, value: undefined } as const

export function createTargetFiles(files: HostFiles, profile: PatchProfile): TargetFiles {
  return {
    read: async (target, name, what) => {
      const failed = (cause: string, code: ToolFailure['code'] = 'failed') => failure(`${what} ${name}: ${cause}`, code)
      try {
        await using handle = await files.open(target.file, constants.O_RDONLY)
        const kind = await handle.stat()
        if (!kind.isFile()) return failed(notAFile(name, kind.isDirectory(), profile))
        const text = utf8Text(await handle.readFile())
        if (text.ok) return text
        return failed(profile === '0.55' ? 'stream did not contain valid UTF-8' : text.error)
      } catch (error) {
        return failed(osErrorText(error), errorCode(error) === 'ENOENT' ? 'not-found' : 'failed')
      }
    },
    write: async (target, name, text) => {
      const parentsFailed = failure(`Failed to create parent directories for ${name}`)
      const parents = () => createFolders(files, parentOf(target.file))
      if (profile === '0.55' && !(await parents())) return parentsFailed
      const first = await tryWrite(files, target.file, text)
      if (first === 'done') return DONE
      if (first !== 'ENOENT') return failure(`Failed to write file ${name}`)
      if (!(await parents())) return parentsFailed
      const second = await tryWrite(files, target.file, text)
      return second === 'done' ? DONE : failure(`Failed to write file ${name}`)
    },
    remove: async (target, name) => {
      try {
        if (profile === '0.169' && (await stat(target.file)).isDirectory()) throw new Error('a folder')
        await files.unlink(target.entry)
        return DONE
      } catch (error) {
        return failure(`Failed to delete file ${name}`, errorCode(error) === 'ENOENT' ? 'not-found' : 'failed')
      }
    },
    removeMoved: async (source, destination, name) => {
      try {
        const entry = await canonicalEntry(source.entry)
        const isSameEntry = entry === (await canonicalEntry(destination.entry))
        if (isSameEntry || entry === (await realpath(destination.file))) return DONE
        await files.unlink(source.entry)
        return DONE
      } catch {
        return failure(`Failed to remove original ${name}`)
      }
    },
  }
}

function failure(message: string, code: ToolFailure['code'] = 'failed'): { ok: false; error: ToolFailure } {
  return { ok: false, error: { code, message } }
}

function notAFile(name: string, isDirectory: boolean, profile: PatchProfile): string {
  return profile === '0.55' && isDirectory ? 'Is a directory (os error 21)' : `path \`${name}\` is not a file`
}

/** Says `done`, or the error's code. */
async function tryWrite(files: HostFiles, path: string, text: string): Promise<string> {
  try {
    await using handle = await files.open(path, constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC)
    await handle.writeFile(text)
    return 'done'
  } catch (error) {
    return errorCode(error)
  }
}

async function canonicalEntry(path: string): Promise<string> {
  return join(await realpath(parentOf(path)), basename(path))
}

/** The parent as Rust sees it: a trailing `/` or `/.` is not a component, neither before nor after. */
function parentOf(path: string): string {
  const trimmed = (text: string) => text.replace(/(\/\.?)+$/, '') || '/'
  return trimmed(dirname(trimmed(path)))
}

/** Makes a folder and its parents one by one, so that `missing/..` behaves as in the file system. */
async function createFolders(files: HostFiles, path: string): Promise<boolean> {
  if (await tryMakeFolder(files, path)) return true
  const parent = parentOf(path)
  if (parent === path || !(await isMissing(path)) || !(await createFolders(files, parent))) return false
  return tryMakeFolder(files, path)
}

async function tryMakeFolder(files: HostFiles, path: string): Promise<boolean> {
  try {
    await files.mkdir(path)
    return true
  } catch {
    return stat(path).then(
      found => found.isDirectory(),
      () => false,
    )
  }
}

async function isMissing(path: string): Promise<boolean> {
  return lstat(path).then(
    () => false,
    error => errorCode(error) === 'ENOENT',
  )
}
