import { UserError } from '../../contracts/errors.ts'
import { type ReportFormat, writeReports } from '../../report/formats/write-reports.ts'

/** Rebuilds a run's documents and returns their files. */
export async function writeDocuments(runDir: string, formats: readonly ReportFormat[]): Promise<string[]> {
  const written = await writeReports({ runDir, formats })
  if (!written.ok) throw new UserError('run-invalid', written.error.message)
  return written.value
}
