import { link, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join, resolve } from 'node:path'
import { UserError } from '../../contracts/errors.ts'
import { isProcessAlive } from './is-process-alive.ts'

interface Holder {
  pid: number
  host: string
  startedAt: string
}

/** The locks that this process holds. */
const held = new Set<string>()

/** Keeps two processes out of one run folder. A lock whose process is gone is taken over. */
export async function lockRun(runDir: string): Promise<{ release(): Promise<void> }> {
  const file = join(resolve(runDir), '.lock')
  for (let attempt = 0; attempt < 5; attempt++) {
    if (await tryCreate(file)) {
      held.add(file)
      return { release: () => release(file) }
    }
    const content = await readFile(file, 'utf8').catch(() => undefined)
    if (content === undefined) continue
    const holder = parseHolder(content)
    if (holder !== undefined && isAlive(holder, file)) {
      throw new UserError(
        'run-locked',
        `${runDir}: process ${holder.pid} on ${holder.host} has been writing this run since ${holder.startedAt}. Wait for it, stop it, or choose another --out. If that process is gone, delete ${file}.`,
      )
    }
    await removeStale(file, content)
  }
  throw new UserError(
    'run-locked',
    `${file}: cannot be taken over; delete it yourself if no other run is writing there.`,
  )
}

async function release(file: string): Promise<void> {
  held.delete(file)
  await rm(file, { force: true })
}

/** A link appears with its content or not at all, so no reader meets a half-written lock. */
async function tryCreate(file: string): Promise<boolean> {
  const holder: Holder = { pid: process.pid, host: hostname(), startedAt: new Date().toISOString() }
  const draft = `${file}.${process.pid}`
  try {
    await writeFile(draft, JSON.stringify(holder))
    await link(draft, file)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw new UserError(
      'run-invalid',
      `${file}: cannot be written (${(error as Error).message}); choose an --out folder that you can write to.`,
    )
  } finally {
    await rm(draft, { force: true })
  }
}

/** Moves the lock aside before it is deleted: if another process was faster, its new lock is put back. */
async function removeStale(file: string, content: string): Promise<void> {
  const aside = `${file}.stale.${process.pid}`
  try {
    await rename(file, aside)
    if ((await readFile(aside, 'utf8')) !== content) await link(aside, file).catch(() => undefined)
  } catch {
    // Already gone: the next attempt to create it decides.
  } finally {
    await rm(aside, { force: true })
  }
}

function parseHolder(content: string): Holder | undefined {
  try {
    const value = JSON.parse(content) as Partial<Holder>
    return typeof value.pid === 'number'
      ? { host: '', startedAt: 'an unknown time', ...value, pid: value.pid }
      : undefined
  } catch {
    return undefined
  }
}

/**
 * Whether a process on another machine is alive cannot be checked, so it counts as alive. Our own id means that a
 * container was started again: the locks that this process holds are in `held`.
 */
function isAlive(holder: Holder, file: string): boolean {
  if (holder.host !== hostname()) return true
  return holder.pid === process.pid ? held.has(file) : isProcessAlive(holder.pid)
}
