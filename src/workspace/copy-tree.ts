import {
  accessSync,
  chmodSync,
  constants,
  copyFileSync,
  lstatSync,
  lutimesSync,
  mkdirSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  utimesSync,
} from 'node:fs'
import { copyFile, lstat, mkdir, rm } from 'node:fs/promises'
import { dirname, join, posix } from 'node:path'
import { UserError } from '../contracts/errors.ts'
import { createPacer, SMALL_FILE_BYTES_MAX, type TreeEntry, walkTree, withAccess } from './walk-tree.ts'

export interface CopyTreeOptions {
  /** `keep` copies links that lead out as they are, unfollowed: for what an agent left behind. */
  outsideLinks?: 'refuse' | 'keep'
  /** Given to every entry, so that an order by time does not hang on a checkout; absent: as in the source. */
  modifiedAt?: Date
}

const COPY_FLAGS = constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL
const OWNER_READS = 0o400

/**
 * Copies a folder's content into another one, which can already exist: modes, symlinks and times kept, `.git` left out,
 * sockets, pipes and devices left out. Throws a UserError for a link that leads out of the tree.
 */
export async function copyTree(from: string, to: string, options: CopyTreeOptions = {}): Promise<void> {
  const entries = await walkTree(from, path => posix.basename(path) === '.git')
  if (options.outsideLinks !== 'keep') await refuseOutsideLinks(from, entries)
  const folders = entries.filter(entry => entry.kind === 'folder')
  await mkdir(to, { recursive: true })
  for (const { path } of folders) makeFolder(join(to, path))
  const pace = createPacer()
  for (const entry of entries) {
    await pace()
    await copyEntry({ from, to, entry, options })
  }
  for (const { path, mode, modifiedAt } of folders.toReversed()) {
    const time = options.modifiedAt ?? modifiedAt
    utimesSync(join(to, path), time, time)
    chmodSync(join(to, path), mode)
  }
}

async function refuseOutsideLinks(from: string, entries: readonly TreeEntry[]): Promise<void> {
  for (const { path } of entries.filter(entry => entry.kind === 'link')) {
    const target = readlinkSync(join(from, path))
    const landing = posix.join(posix.dirname(path), target)
    if (!posix.isAbsolute(target) && landing !== '..' && !landing.startsWith('../')) continue
    throw new UserError(
      'task-invalid',
      `${join(from, path)}: the symlink leads to ${target}, outside its folder; replace it with a copy of what it names.`,
    )
  }
}

function makeFolder(path: string): void {
  const found = lstatSync(path, { throwIfNoEntry: false })
  if (found !== undefined && !found.isDirectory()) rmSync(path)
  mkdirSync(path, { recursive: true, mode: 0o777 })
  if (found?.isDirectory()) chmodSync(path, 0o700)
}

interface EntryCopy {
  from: string
  to: string
  entry: TreeEntry
  options: CopyTreeOptions
}

async function copyEntry({ from, to, entry, options }: EntryCopy): Promise<void> {
  const target = join(to, entry.path)
  const time = options.modifiedAt ?? entry.modifiedAt
  await replaceEntry({ from, to, entry })
  if (entry.kind === 'file') utimesSync(target, time, time)
  if (entry.kind === 'link') lutimesSync(target, time, time)
}

/** Copies one file or link over whatever is there; its folder must exist. */
export async function replaceEntry({ from, to, entry }: Omit<EntryCopy, 'options'>): Promise<void> {
  const source = join(from, entry.path)
  const target = join(to, entry.path)
  const write = async () => {
    if (entry.kind === 'link') symlinkSync(readlinkSync(source), target)
    if (entry.kind !== 'file') return
    withAccess(source, path => accessSync(path, constants.R_OK))
    if (entry.sizeBytes <= SMALL_FILE_BYTES_MAX) copyFileSync(source, target, COPY_FLAGS)
    else await copyFile(source, target, COPY_FLAGS)
  }
  try {
    await write()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    await rm(target, { recursive: true })
    await write()
  }
  if (entry.kind === 'file' && (entry.mode & OWNER_READS) === 0) chmodSync(target, entry.mode)
}

/** Creates the folder of `path` below `root`, replacing links and files in its way. */
export async function makeParents(root: string, path: string): Promise<void> {
  const folder = posix.dirname(path)
  if (folder === '.') return
  await makeParents(root, folder)
  const found = await lstat(join(root, folder)).catch(() => undefined)
  if (found?.isDirectory()) return
  if (found !== undefined) await rm(join(root, folder))
  await mkdir(join(root, dirname(path)))
}
