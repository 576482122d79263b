import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import type { Result } from '../contracts/result.ts'
import type { ToolFailure } from '../contracts/tool.ts'
import type { WorkspaceView } from '../contracts/workspace.ts'
import { failureOf, isInside, movedOut, pinInside } from './pin-inside.ts'

export interface OpenOptions {
  /** As in `node:fs` `constants`. */
  flags: number
  /** Mode of a new file; 0o666 before the umask. */
  mode?: number | undefined
}

/**
 * Opens a path that was resolved before, through its pinned folder and without following a link in its last name:
 * nothing outside is ever opened, created or truncated. A FIFO does not block.
 */
export async function openInside(
  view: Pick<WorkspaceView, 'hostRoot' | 'toGuest'>,
  hostPath: string,
  { flags, mode = 0o666 }: OpenOptions,
): Promise<Result<FileHandle, ToolFailure>> {
  const pin = await pinInside(view, hostPath)
  if (!pin.ok) return pin
  await using pinned = pin.value
  try {
    const handle = await open(pinned.path, flags | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0), mode)
    if (await isInside(view, handle, hostPath)) return { ok: true, value: handle }
    await handle.close()
    return { ok: false, error: movedOut(view, hostPath) }
  } catch (error) {
    return { ok: false, error: failureOf(view, hostPath, error) }
  }
}
