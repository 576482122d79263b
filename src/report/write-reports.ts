import { join } from 'node:path'
import type { Result } from '../contracts/result.ts'
import type { LogFailure } from '../log/log-failure.ts'
import { replaceFile } from '../log/replace-file.ts'
import { trialsCsv } from './csv.ts'
import { renderHtml } from './html/page.ts'
import { loadReport } from './load-report.ts'
import { renderMarkdown } from './markdown.ts'
import type { Report } from './report.ts'
import { resultsJson } from './results-json.ts'

export const REPORT_FORMATS = ['csv', 'json', 'md', 'html'] as const
export type ReportFormat = (typeof REPORT_FORMATS)[number]

interface Document {
  name: string
  parts(report: Report): Iterable<string>
}

const DOCUMENTS: Record<ReportFormat, Document> = {
  csv: { name: 'trials.csv', parts: report => trialsCsv(report.trials) },
  json: { name: 'results.json', parts: resultsJson },
  md: { name: 'report.md', parts: report => [renderMarkdown(report)] },
  html: { name: 'report.html', parts: report => [renderHtml(report)] },
}

/** Rebuilds documents of a run from its manifest, journal and logs alone, and returns their files. */
export async function writeReports(options: {
  runDir: string
  formats: readonly ReportFormat[]
}): Promise<Result<string[], LogFailure>> {
  const report = await loadReport(options.runDir)
  if (!report.ok) return report
  const files: string[] = []
  for (const format of options.formats) {
    const { name, parts } = DOCUMENTS[format]
    const file = join(options.runDir, name)
    const written = await replaceFile(file, parts(report.value))
    if (!written.ok) return written
    files.push(file)
  }
  return { ok: true, value: files }
}
