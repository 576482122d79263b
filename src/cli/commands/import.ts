import { readFile } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { plainLine } from '../../base/plain-text.ts'
import { UserError } from '../../contracts/errors.ts'
import type { Result } from '../../contracts/result.ts'
import { type ImportFailure, importFailure } from '../../report/imports/import-failure.ts'
import type { ImportedOutcomes } from '../../report/imports/imported-outcomes.ts'
import { readCsvOutcomes } from '../../report/imports/read-csv-outcomes.ts'
import { readM3ToolEval } from '../../report/imports/read-m3tooleval.ts'
import { writeImportedRun } from '../../report/imports/write-imported-run.ts'
import { packageVersion } from '../../run/package-version.ts'
import type { Action } from '../options/command-table.ts'
import { printLine } from '../terminal/print.ts'

export const importOutcomes: Action<'import'> = async ({ format, file }, { out }) => {
  const found = format === 'csv' ? await readCsv(file) : await readM3ToolEval(file)
  if (!found.ok) throw new UserError('run-invalid', `${found.error.message}.`)
  const fileName = basename(resolve(file))
  const name = fileName.replace(/\.\w+$/, '').replace(/[^\w.-]+/g, '-') || 'imported'
  const outDir = out ?? join('reports', name)
  const source = format === 'csv' ? fileName : `M3ToolEval, ${fileName}`
  const written = await writeImportedRun({
    ...found.value,
    name,
    source,
    outDir,
    createdAt: new Date().toISOString(),
    scriptbench: packageVersion(),
  })
  if (!written.ok) throw new UserError('run-invalid', `${written.error.message}.`)
  show(found.value, outDir)
}

async function readCsv(file: string): Promise<Result<ImportedOutcomes, ImportFailure>> {
  try {
    return readCsvOutcomes(file, await readFile(file, 'utf8'))
  } catch (error) {
    const { code = String(error) } = error as NodeJS.ErrnoException
    const reason = { ENOENT: 'no such file', EISDIR: 'a folder; expected a CSV file' }[code]
    return importFailure(`${file}: ${reason ?? `could not be read (${code})`}`)
  }
}

function show({ outcomes, factors, unit, notes }: ImportedOutcomes, outDir: string): void {
  const tasks = new Set(outcomes.map(({ task }) => task)).size
  const units = unit === 'model' ? 'models (averages; each takes the place of a task)' : 'tasks'
  printLine(`imported ${outcomes.length} outcomes of ${tasks} ${units} into ${outDir}`)
  for (const { name, levels } of factors) printLine(plainLine(`${name}: ${levels.join(', ')}`, 500))
  for (const note of notes) printLine(plainLine(note, 500))
  printLine(`next: scriptbench compare ${outDir}`)
}
