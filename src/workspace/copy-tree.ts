import { chmod, constants, copyFile, lstat, lutimes, mkdir, readlink, rm, symlink, utimes } from 'node:fs/promises'
import { dirname, join, posix } from 'node:path'
import { UserError } from '../contracts/errors.ts'
import { type TreeEntry, walkTree, withAccess } from './walk-tree.ts'

export interface CopyTreeOptions {
  /** `keep` copies links that lead out as they are, unfollowed: for what an agent left behind. */
  outsideLinks?: 'refuse' | 'keep'
  /** Given to every entry, so that an order by time does not hang on a checkout; absent: as in the source. */
  modifiedAt?: Date
}

const COPIES_AT_ONCE = 16
const COPY_FLAGS = constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL
const OWNER_READS = 0o400

/**
 * Copies a folder's content into another one, which may exist: modes, symlinks and times kept, `.git` left out,
 * sockets, pipes and devices left out. Throws a UserError for a link that leads out of the tree.
 */
export async function copyTree(from: string, to: string, options: CopyTreeOptions = {}): Promise<void> {
  const entries = await walkTree(from, path => posix.basename(path) === '.git')
  if (options.outsideLinks !== 'keep') await refuseOutsideLinks(from, entries)
  const folders = entries.filter(entry => entry.kind === 'folder')
  await mkdir(to, { recursive: true })
  for (const { path } of folders) await makeFolder(join(to, path))
  await eachAtOnce(entries, COPIES_AT_ONCE, entry => copyEntry({ from, to, entry, options }))
  for (const { path, mode, modifiedAt } of folders.toReversed()) {
    const time = options.modifiedAt ?? modifiedAt
    await utimes(join(to, path), time, time)
    await chmod(join(to, path), mode)
  }
}

async function refuseOutsideLinks(from: string, entries: readonly TreeEntry[]): Promise<void> {
  for (const { path } of entries.filter(entry => entry.kind === 'link')) {
    const target = await readlink(join(from, path))
    const landing = posix.join(posix.dirname(path), target)
    if (!posix.isAbsolute(target) && landing !== '..' && !landing.startsWith('../')) continue
    throw new UserError(
      'task-invalid',
      `${join(from, path)}: the symlink leads to ${target}, outside its folder; replace it with a copy of what it names.`,
    )
  }
}

async function makeFolder(path: string): Promise<void> {
  const found = await lstat(path).catch(() => undefined)
  if (found !== undefined && !found.isDirectory()) await rm(path)
  await mkdir(path, { recursive: true, mode: 0o777 })
  if (found?.isDirectory()) await chmod(path, 0o700)
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
  if (entry.kind === 'file') await utimes(target, time, time)
  if (entry.kind === 'link') await lutimes(target, time, time)
}

/** Copies one file or link over whatever stands in its place; its folder must exist. */
export async function replaceEntry({ from, to, entry }: Omit<EntryCopy, 'options'>): Promise<void> {
  const source = join(from, entry.path)
  const target = join(to, entry.path)
  const write = async () => {
    if (entry.kind === 'link') await symlink(await readlink(source), target)
    if (entry.kind === 'file') await withAccess(source, path => copyFile(path, target, COPY_FLAGS))
  }
  try {
    await write()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    await rm(target, { recursive: true })
    await write()
  }
  if (entry.kind === 'file' && (entry.mode & OWNER_READS) === 0) await chmod(target, entry.mode)
}

/** Creates the folder of `path` below `root`, replacing links and files that stand in its way. */
export async function makeParents(root: string, path: string): Promise<void> {
  const folder = posix.dirname(path)
  if (folder === '.') return
  await makeParents(root, folder)
  const found = await lstat(join(root, folder)).catch(() => undefined)
  if (found?.isDirectory()) return
  if (found !== undefined) await rm(join(root, folder))
  await mkdir(join(root, dirname(path)))
}

async function eachAtOnce<Item>(items: readonly Item[], atOnce: number, act: (item: Item) => Promise<void>) {
  const queue = items.values()
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const item of queue) await act(item)
    }),
  )
}
