import { constants } from 'node:fs'
import { type FileHandle, open, readlink, realpath } from 'node:fs/promises'
import { basename, dirname, join, sep } from 'node:path'
import type { Result } from '../contracts/result.ts'
import type { ToolFailure } from '../contracts/tool.ts'
import type { PinnedPath, WorkspaceView } from '../contracts/workspace.ts'

type Inside = Pick<WorkspaceView, 'hostRoot' | 'toGuest'>

/**
 * Opens the folder of `hostPath` and checks, by what was opened rather than by name, that it lies inside. On Linux the
 * pinned path goes through that open folder, so a later swap of a name above cannot redirect it; elsewhere it is the
 * plain path and the check is the best there is.
 */
export async function pinInside(view: Inside, hostPath: string): Promise<Result<PinnedPath, ToolFailure>> {
  if (hostPath === view.hostRoot) return pinned(hostPath, async () => {})
  const folder = dirname(hostPath)
  try {
    const handle = await open(folder, constants.O_RDONLY | (constants.O_DIRECTORY ?? 0))
    if (!(await isInside(view, handle, folder))) {
      await handle.close()
      return { ok: false, error: movedOut(view, hostPath) }
    }
    const base = process.platform === 'linux' ? `/proc/self/fd/${handle.fd}` : folder
    return pinned(join(base, basename(hostPath)), () => handle.close())
  } catch (error) {
    return { ok: false, error: failureOf(view, hostPath, error) }
  }
}

/** Whether an open file or folder lies inside, by the kernel's knowledge of it; by name where there is no /proc. */
export async function isInside({ hostRoot }: Inside, { fd }: FileHandle, name: string): Promise<boolean> {
  const actual = await (process.platform === 'linux' ? readlink(`/proc/self/fd/${fd}`) : realpath(name)).catch(() => '')
  return actual === hostRoot || actual.startsWith(hostRoot + sep)
}

export function movedOut(view: Inside, hostPath: string): ToolFailure {
  return {
    code: 'outside-workspace',
    message: `\`${view.toGuest(hostPath)}\` leads out of the workspace through a symlink`,
  }
}

export function failureOf(view: Inside, hostPath: string, error: unknown): ToolFailure {
  const { code, message } = error as NodeJS.ErrnoException
  const path = view.toGuest(hostPath)
  if (code === 'ENOENT') return { code: 'not-found', message: `\`${path}\`: No such file or directory` }
  if (code === 'ELOOP') return movedOut(view, hostPath)
  return { code: 'failed', message: `\`${path}\`: ${code ?? message}` }
}

function pinned(path: string, release: () => Promise<void>): Result<PinnedPath, ToolFailure> {
  return { ok: true, value: { path, [Symbol.asyncDispose]: release } }
}
