import { realpathSync } from 'node:fs'
import { posix, resolve as resolveHost, sep } from 'node:path'
import { UserError } from '../contracts/errors.ts'
import type { ToolFailure } from '../contracts/tool.ts'
import type { WorkspaceView } from '../contracts/workspace.ts'
import { followLinks } from './follow-links.ts'
import { openInside } from './open-inside.ts'
import { pinInside } from './pin-inside.ts'

export interface WorkspaceViewOptions {
  hostRoot: string
  /** Absolute; `/workspace` inside a sandbox, `hostRoot` itself without one. */
  guestRoot: string
}

/** A view of an existing folder. */
export function createWorkspaceView({ hostRoot, guestRoot }: WorkspaceViewOptions): WorkspaceView {
  const given = resolveHost(hostRoot)
  const real = realFolder(given)
  const guest = posix.normalize(guestRoot).replace(/(?<=.)\/$/, '')
  const isIdentity = guest === given || guest === real
  const rootsOfLinks = isIdentity ? [guest, given, real] : [guest]
  const scrubber = createScrubber([...new Set([real, given])], guest)

  const toGuest = (hostPath: string) => {
    if (hostPath === real) return guest
    return hostPath.startsWith(real + sep) ? posix.join(guest, hostPath.slice(real.length + 1)) : scrubber(hostPath)
  }

  return {
    guestRoot: guest,
    hostRoot: real,
    async resolve(guestPath, { cwd = guest, keepLastLink = false } = {}) {
      if (guestPath.includes('\0') || cwd.includes('\0')) return refused('a path cannot contain a NUL character')
      const absolute = posix.resolve(guest, cwd, guestPath)
      const inside = relativeTo(rootsOfLinks, absolute)
      if (inside === undefined) return refused(outsideMessage(guestPath, guest))
      const followed = await followLinks({ root: real, path: inside, rootsOfLinks, keepLastLink })
      switch (followed.kind) {
        case 'inside':
          return { ok: true, value: followed.path }
        case 'outside':
          return refused(
            `\`${guestPath}\` leads out of the workspace through the symlink \`${toGuest(followed.link)}\``,
          )
        case 'unreadable':
          return { ok: false, error: { code: 'failed', message: `\`${guestPath}\`: ${followed.reason}` } }
      }
    },
    open: (hostPath, flags, mode) => openInside({ hostRoot: real, toGuest }, hostPath, { flags, mode }),
    pin: hostPath => pinInside({ hostRoot: real, toGuest }, hostPath),
    toGuest,
    scrub: scrubber,
  }
}

function realFolder(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    throw new UserError('file-not-found', `The workspace folder ${path} does not exist or cannot be read.`)
  }
}

function relativeTo(roots: readonly string[], absolute: string): string | undefined {
  const root = roots.find(candidate => absolute === candidate || absolute.startsWith(`${candidate}/`))
  return root === undefined ? undefined : absolute.slice(root.length + 1)
}

function refused(message: string): { ok: false; error: ToolFailure } {
  return { ok: false, error: { code: 'outside-workspace', message } }
}

function outsideMessage(path: string, guest: string): string {
  return `\`${path}\` is outside the workspace; use a path under ${guest}, or one relative to it`
}

/** Whole path names only: `/a/b` is replaced in `/a/b/c` and in `'/a/b'`, not in `/a/bc`. */
function createScrubber(roots: readonly string[], guest: string): (text: string) => string {
  const foreign = roots.filter(root => root !== guest && root !== '/').sort((left, right) => right.length - left.length)
  if (foreign.length === 0) return text => text
  const pattern = new RegExp(`(?:${foreign.map(escaped).join('|')})(?![\\w.-])`, 'g')
  return text => text.replace(pattern, () => guest)
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
