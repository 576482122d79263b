import { createHash } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { digestOf } from '../../base/digest.ts'
import { LOG_VERSION } from '../../contracts/events.ts'
import type { Manifest } from '../../contracts/manifest.ts'
import type { Result } from '../../contracts/result.ts'
import { PROTOCOL_VERSION } from '../../contracts/trial.ts'
import { writeManifest } from '../../log/manifest.ts'
import { replaceFile } from '../../log/replace-file.ts'
import { runFiles } from '../../log/run-files.ts'
import { type ImportFailure, importFailure } from './import-failure.ts'
import { IMPORTED_FILE, importedLines } from './imported-file.ts'
import type { ImportedOutcomes } from './imported-outcomes.ts'

interface ImportedRun extends ImportedOutcomes {
  name: string
  /** Such as `m3tooleval`, with the file's name. */
  source: string
  outDir: string
  createdAt: string
  scriptbench: string
}

/** Puts imported outcomes into a folder of their own, as a run that cannot be extended. */
export async function writeImportedRun(run: ImportedRun): Promise<Result<undefined, ImportFailure>> {
  const files = runFiles(run.outDir)
  const isTaken = (await stat(files.manifest).catch(() => undefined)) !== undefined
  if (isTaken) return importFailure(`${run.outDir}: already contains a run; delete it or choose another --out`)
  if (run.outcomes.length === 0) return importFailure(`${run.source}: no outcome in it`)
  const lines = [...importedLines(run.outcomes)]
  const written = await replaceFile(join(run.outDir, IMPORTED_FILE), lines)
  if (!written.ok) return importFailure(written.error.message)
  const manifest = await writeManifest(files.manifest, manifestOf(run, lines.join('')))
  return manifest.ok ? { ok: true, value: undefined } : importFailure(manifest.error.message)
}

function manifestOf(
  { createdAt, factors, name, outcomes, scriptbench, source, unit }: ImportedRun,
  lines: string,
): Manifest {
  const content = { name, factors, imported: source }
  const models = outcomes.map(({ model, playerKind }) => [model, { playerKind }] as const)
  return {
    manifestVersion: 1,
    suite: { name, digest: digestOf(content), content },
    createdAt,
    versions: { scriptbench, node: process.version, protocol: PROTOCOL_VERSION, log: LOG_VERSION },
    platform: { os: process.platform, arch: process.arch, cpus: availableParallelism() },
    seed: 1,
    tasks: {},
    tasksLeftOut: [],
    models: Object.fromEntries(models),
    prompts: {},
    toolSchemas: '',
    sandbox: { requested: 'none', mechanism: 'imported', policy: 'measured elsewhere' },
    trialsPlanned: outcomes.length,
    imported: { source, unit, digest: createHash('sha256').update(lines).digest('hex') },
  }
}
