import { readFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'

/** Whether a process is writing the run: it has the run's lock, and it exists. One of another machine cannot be asked. */
export async function isGoingOn(runDir: string): Promise<boolean> {
  try {
    const { pid, host } = JSON.parse(await readFile(join(runDir, '.lock'), 'utf8')) as { pid: unknown; host: unknown }
    if (typeof pid !== 'number' || pid <= 0) return false
    return host !== hostname() || processExists(pid)
  } catch {
    return false
  }
}

function processExists(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
