import { constants } from 'node:fs'
import { access, type FileHandle, mkdir, open, stat, unlink } from 'node:fs/promises'
import type { Result } from '../contracts/result.ts'
import type { ToolFailure } from '../contracts/tool.ts'
import type { WorkspaceView } from '../contracts/workspace.ts'

/** What the file tools do to this machine's files. Everything throws the operating system's error. */
export interface HostFiles {
  /** Never waits for the other end of a named pipe. */
  open(path: string, flags: number): Promise<FileHandle>
  unlink(path: string): Promise<void>
  mkdir(path: string): Promise<void>
}

/** Without any confinement. */
export const plainFiles: HostFiles = {
  open: (path, flags) => open(path, flags | constants.O_NONBLOCK),
  unlink,
  mkdir: async path => {
    await mkdir(path)
  },
}

/** Confined: a path that meanwhile leads out of the workspace is refused. Takes paths that the view resolved. */
export function workspaceFiles(view: WorkspaceView): HostFiles {
  const pinned = async (path: string, work: (path: string) => Promise<unknown>) => {
    const pin = await view.pin(path)
    if (!pin.ok) throw await causeOf(path, pin.error.message)
    await using held = pin.value
    await work(held.path)
  }
  return {
    open: async (path, flags) => {
      const opened = await view.open(path, flags)
      if (opened.ok) return opened.value
      throw await causeOf(path, opened.error.message)
    },
    unlink: path => pinned(path, unlink),
    mkdir: path => pinned(path, held => mkdir(held)),
  }
}

/** The operating system's reason why a path cannot be opened; the view's own words where it has none. */
async function causeOf(path: string, message: string): Promise<unknown> {
  try {
    await stat(path)
    await access(path, constants.R_OK)
    return new Error(message)
  } catch (error) {
    return error
  }
}

/** As `resolve`; where a link cannot be followed, the link itself, so that opening it gives the reason. */
export async function resolveToOpen(view: WorkspaceView, guestPath: string): Promise<Result<string, ToolFailure>> {
  const resolved = await view.resolve(guestPath)
  if (resolved.ok || resolved.error.code !== 'failed') return resolved
  const unfollowed = await view.resolve(guestPath, { keepLastLink: true })
  return unfollowed.ok ? unfollowed : resolved
}
