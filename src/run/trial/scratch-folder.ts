import { execFile } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { mkdir, readdir, rm } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { sha256 } from '../../base/digest.ts'
import { isProcessAlive } from '../suite/is-process-alive.ts'

/** Process ids mean something on one host only, and containers can share a temporary folder. */
const PREFIX = `scriptbench-${sha256(hostname()).slice(0, 6)}-`
const run = promisify(execFile)

/** A folder for the workspaces of one process; removed when released, or by a later process if this one is killed. */
export async function createScratchFolder(): Promise<{ path: string; release(): Promise<void> }> {
  await sweepAbandoned()
  const path = await makeNewFolder()
  return { path, release: () => removeTree(path) }
}

/**
 * Like `mkdtemp`, with digits only and always as many: without a sandbox the model is shown this path, and its token
 * count must not depend on chance (see `trialNonce`).
 */
async function makeNewFolder(): Promise<string> {
  const path = join(tmpdir(), `${PREFIX}${String(process.pid).padStart(9, '0')}-${randomInt(100_000, 1_000_000)}`)
  try {
    await mkdir(path, { mode: 0o700 })
    return path
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    return makeNewFolder()
  }
}

/** Deletes a tree, even one without write permission or nested deeper than a path can be long. */
export async function removeTree(path: string): Promise<void> {
  try {
    await rm(path, { recursive: true, force: true })
  } catch {
    await run('chmod', ['-R', 'u+rwX', '--', path]).catch(() => undefined)
    await run('rm', ['-rf', '--', path]).catch(() => undefined)
  }
}

/** An empty folder. Rejects when what was there cannot be removed, so that no trial sees files of an earlier one. */
export async function freshFolder(path: string): Promise<string> {
  await removeTree(path)
  await mkdir(dirname(path), { recursive: true })
  await mkdir(path)
  return path
}

async function sweepAbandoned(): Promise<void> {
  const names = await readdir(tmpdir()).catch(() => [])
  for (const name of names) {
    const pid = Number(new RegExp(`^${PREFIX}(\\d+)-\\w{6}$`).exec(name)?.[1])
    if (Number.isInteger(pid) && !isProcessAlive(pid)) await removeTree(join(tmpdir(), name))
  }
}
