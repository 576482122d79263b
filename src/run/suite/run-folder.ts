import { mkdir, readdir, rename, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { UserError } from '../../contracts/errors.ts'
import type { Manifest } from '../../contracts/manifest.ts'
import { readManifest } from '../../log/manifest.ts'
import { runFiles } from '../../log/run-files.ts'

/** Makes the folder of a run with its parents. */
export async function makeRunFolder(outDir: string): Promise<void> {
  try {
    await makeFolder(outDir)
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? String(error)
    throw new UserError('usage', `--out "${outDir}": the folder cannot be created (${reason}); choose another one.`)
  }
}

/** Level by level: Node's own recursive mkdir never returns where a file system refuses every name, as /proc does. */
async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST' && (await stat(path)).isDirectory()) return
    if (code !== 'ENOENT' || dirname(path) === path) throw error
    await makeFolder(dirname(path))
    await mkdir(path)
  }
}

/** The manifest that the folder already has. One that cannot be read, or another suite's, is never overwritten. */
export async function earlierManifest(outDir: string, suiteName: string): Promise<Manifest | undefined> {
  const before = await readManifest(runFiles(outDir).manifest)
  if (!before.ok) {
    if (before.error.kind === 'missing') return undefined
    throw new UserError('run-invalid', `${before.error.message}. Fix or delete it, or choose another --out.`)
  }
  if (before.value.imported !== undefined) {
    const { source } = before.value.imported
    throw new UserError(
      'run-invalid',
      `${outDir}: contains outcomes imported from ${source}; no trials can be added to them. Choose another --out.`,
    )
  }
  const { name } = before.value.suite
  if (name !== suiteName) {
    throw new UserError(
      'run-invalid',
      `${outDir}: contains a run of the suite "${name}", not of "${suiteName}"; choose another --out.`,
    )
  }
  return before.value
}

/**
 * Keeps the log of an earlier attempt at a trial under another name: its replies cost money, and the cost cap counts them.
 * Returns how many earlier attempts there are now.
 */
export async function keepEarlierAttempt(outDir: string, trialId: string): Promise<number> {
  const files = runFiles(outDir)
  const names: string[] = await readdir(files.trialDir(trialId)).catch(() => [])
  const kept = names.filter(name => name.startsWith('earlier-')).length
  if (!names.includes('events.jsonl')) return kept
  const number = kept + 1
  await rename(files.trialLog(trialId), join(files.trialDir(trialId), `earlier-${number}.jsonl`))
  return number
}
