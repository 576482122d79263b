import { lstat, readlink } from 'node:fs/promises'
import { join, posix, relative } from 'node:path'

export interface FollowOptions {
  /** The real root. */
  root: string
  /** Relative to the root, without `..`. */
  path: string
  /** What an absolute link has to start with to lie inside, as the agent's processes see it. */
  rootsOfLinks: readonly string[]
  keepLastLink: boolean
}

export type Followed =
  | { kind: 'inside'; path: string }
  | { kind: 'outside'; link: string }
  | { kind: 'unreadable'; reason: string }

/** As the kernel does (Linux: 40). */
const LINKS_MAX = 40

/**
 * Walks a path name by name and follows each symlink as a process in the sandbox would, where absolute targets
 * are the agent's paths. `realpath` cannot do this: it would read them as paths of this machine.
 */
export async function followLinks({ root, path, rootsOfLinks, keepLastLink }: FollowOptions): Promise<Followed> {
  const names = split(path)
  const done: string[] = []
  let links = 0
  while (names.length > 0) {
    const name = names.shift() as string
    if (name === '..') {
      if (done.length === 0) return { kind: 'outside', link: root }
      done.pop()
      continue
    }
    const current = join(root, ...done, name)
    const kind = await kindOf(current)
    if (kind === 'unreadable') return { kind: 'unreadable', reason: 'Permission denied' }
    if (kind !== 'link' || (keepLastLink && names.length === 0)) {
      done.push(name)
      continue
    }
    if (++links > LINKS_MAX) return { kind: 'unreadable', reason: 'Too many levels of symbolic links' }
    const target = await readlink(current).catch(() => undefined)
    if (target === undefined) return { kind: 'unreadable', reason: 'the symlink changed while it was read' }
    const rest = insideNames(target, done, rootsOfLinks)
    if (rest === undefined) return { kind: 'outside', link: current }
    done.length = rest.keep
    names.unshift(...rest.names)
  }
  return { kind: 'inside', path: join(root, ...done) }
}

function split(path: string): string[] {
  return path.split('/').filter(name => name !== '' && name !== '.')
}

/** What is left to walk after a link: how many names already walked stay, and the target's own names. */
function insideNames(
  target: string,
  done: readonly string[],
  rootsOfLinks: readonly string[],
): { keep: number; names: string[] } | undefined {
  if (!posix.isAbsolute(target)) {
    const names = split(target)
    return climbsOut(names, done.length) ? undefined : { keep: done.length, names }
  }
  const normal = posix.normalize(target)
  const root = rootsOfLinks.find(candidate => normal === candidate || normal.startsWith(`${candidate}/`))
  return root === undefined ? undefined : { keep: 0, names: split(relative(root, normal)) }
}

/** Whether `..` leads above the root at any point, were all names folders. */
function climbsOut(names: readonly string[], depth: number): boolean {
  let current = depth
  for (const name of names) {
    current += name === '..' ? -1 : 1
    if (current < 0) return true
  }
  return false
}

async function kindOf(path: string): Promise<'link' | 'other' | 'unreadable'> {
  try {
    return (await lstat(path)).isSymbolicLink() ? 'link' : 'other'
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EACCES' ? 'unreadable' : 'other'
  }
}
