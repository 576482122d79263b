import { chmod, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const PREFIX = 'scriptbench-'

/** A folder for the workspaces of one process; gone when released, or swept by a later process if this one is killed. */
export async function createScratchFolder(): Promise<{ path: string; release(): Promise<void> }> {
  await sweepAbandoned()
  const path = await mkdtemp(join(tmpdir(), `${PREFIX}${process.pid}-`))
  return { path, release: () => removeTree(path) }
}

/** Deletes a tree even where a program took its own write permission away. */
export async function removeTree(path: string): Promise<void> {
  try {
    await rm(path, { recursive: true, force: true })
  } catch {
    await makeWritable(path)
    await rm(path, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined)
  }
}

export async function freshFolder(path: string): Promise<string> {
  await removeTree(path)
  await mkdir(path, { recursive: true })
  return path
}

async function makeWritable(path: string): Promise<void> {
  await chmod(path, 0o700).catch(() => undefined)
  const entries = await readdir(path, { withFileTypes: true }).catch(() => [])
  for (const entry of entries) if (entry.isDirectory()) await makeWritable(join(path, entry.name))
}

async function sweepAbandoned(): Promise<void> {
  const names = await readdir(tmpdir()).catch(() => [])
  for (const name of names) {
    const pid = Number(new RegExp(`^${PREFIX}(\\d+)-\\w{6}$`).exec(name)?.[1])
    if (Number.isInteger(pid) && !isAlive(pid)) await removeTree(join(tmpdir(), name))
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
