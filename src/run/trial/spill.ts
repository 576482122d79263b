import { constants } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { WorkspaceView } from '../../contracts/workspace.ts'

const DIR = '.scriptbench'

/**
 * Keeps a long observation where the agent can read it, in a folder that diffs and verifiers ignore. Returns the agent's
 * path, or nothing where the agent has put something else in the way: nothing is written outside.
 */
export async function spill(workspace: WorkspaceView, name: string, text: string): Promise<string | undefined> {
  const dir = await workspace.resolve(DIR, { keepLastLink: true })
  if (!dir.ok) return undefined
  await mkdir(dir.value).catch(() => undefined)
  const file = join(dir.value, name)
  const opened = await workspace.open(file, constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC, 0o644)
  if (!opened.ok) return undefined
  await using handle = opened.value
  const isWritten = await handle.writeFile(text).then(
    () => true,
    () => false,
  )
  return isWritten ? workspace.toGuest(file) : undefined
}
