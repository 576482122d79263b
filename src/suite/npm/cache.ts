import { existsSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'

/** Where downloads are kept unless a caller says otherwise. */
export function defaultCacheDir(environment: NodeJS.ProcessEnv = process.env): string {
  return environment.SCRIPTBENCH_CACHE ?? join(environment.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'scriptbench')
}

/**
 * Makes `target` once: `build` fills a new folder next to it, which is then renamed into place, so that no one
 * sees a half-made entry, and two processes at the same time end with the same one.
 */
export async function buildOnce(target: string, build: (dir: string) => Promise<void>): Promise<string> {
  if (existsSync(target)) return target
  await mkdir(dirname(target), { recursive: true })
  const scratch = await mkdtemp(`${target}.making-`)
  try {
    await build(scratch)
    await chmod(scratch, 0o755)
    await rename(scratch, target)
  } catch (error) {
    await rm(scratch, { recursive: true, force: true })
    if (!isTaken(error)) throw error
  }
  return target
}

function isTaken(error: unknown): boolean {
  return ['ENOTEMPTY', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')
}
