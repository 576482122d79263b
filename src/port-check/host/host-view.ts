import { constants } from 'node:fs'
import { open, realpath } from 'node:fs/promises'
import { basename, dirname, join, posix } from 'node:path'
import type { WorkspaceView } from '../../contracts/workspace.ts'

/**
 * A view that confines nothing: paths mean what the operating system says, relative ones start from the folder. What
 * upstream's tools see under `danger-full-access`, and for the sake of comparing only.
 */
export function createHostView(folder: string): WorkspaceView {
  const absolute = (path: string, cwd = folder) => (posix.isAbsolute(path) ? path : `${cwd}/${path}`)
  return {
    guestRoot: folder,
    hostRoot: folder,
    async resolve(path, { cwd, keepLastLink = false } = {}) {
      const full = absolute(path, cwd)
      if (!keepLastLink) return { ok: true, value: await realpath(full).catch(() => full) }
      const parent = await realpath(dirname(full)).catch(() => dirname(full))
      return { ok: true, value: join(parent, basename(full)) }
    },
    async open(path, flags, mode) {
      try {
        return { ok: true, value: await open(path, flags | constants.O_NONBLOCK, mode) }
      } catch (error) {
        return { ok: false, error: { code: 'failed', message: (error as Error).message } }
      }
    },
    async pin(path) {
      return { ok: true, value: { path, [Symbol.asyncDispose]: async () => undefined } }
    },
    toGuest: path => path,
    scrub: text => text,
  }
}
