import { join } from 'node:path'
import type { Result } from '../../contracts/result.ts'
import type { LogFailure } from '../../log/log-failure.ts'
import { replaceFile } from '../../log/replace-file.ts'
import { chartDrawer } from '../charts/draw-chart.ts'
import { loadDocument } from '../document/load-document.ts'
import { comparisonOf, type ReportDocument } from '../document/report-document.ts'
import { comparisonJson } from './compare-json.ts'
import { contrastsCsv } from './contrasts-csv.ts'
import { renderHtml } from './html/page.ts'
import { renderMarkdown } from './markdown.ts'
import { resultsJson } from './results-json.ts'
import { trialsCsv } from './trials-csv.ts'

export const REPORT_FORMATS = ['csv', 'json', 'md', 'html'] as const
export type ReportFormat = (typeof REPORT_FORMATS)[number]

interface DocumentFile {
  name: string
  parts: Iterable<string>
}

/** The files of one format. Without anything to compare there is no `contrasts.csv` and no `compare.json`. */
async function filesOf(format: ReportFormat, document: ReportDocument): Promise<DocumentFile[]> {
  const { report } = document
  const comparison = comparisonOf(document)
  switch (format) {
    case 'csv': {
      const trials = { name: 'trials.csv', parts: trialsCsv(report.trials) }
      return comparison === undefined ? [trials] : [trials, { name: 'contrasts.csv', parts: contrastsCsv(comparison) }]
    }
    case 'json': {
      const results = { name: 'results.json', parts: resultsJson(document) }
      return comparison === undefined
        ? [results]
        : [results, { name: 'compare.json', parts: [comparisonJson(comparison)] }]
    }
    case 'md':
      return [{ name: 'report.md', parts: [renderMarkdown(document)] }]
    case 'html':
      return [{ name: 'report.html', parts: [renderHtml(document, await chartDrawer())] }]
  }
}

interface WriteOptions {
  runDir: string
  formats: readonly ReportFormat[]
  /** The folder of an earlier run, whose difference to this one the documents then show first. */
  against?: string
}

/** Rebuilds documents of a run from its manifest, journal and logs alone, and returns their files. */
export async function writeReports({ runDir, formats, against }: WriteOptions): Promise<Result<string[], LogFailure>> {
  const document = await loadDocument(runDir, against)
  return document.ok ? writeDocument({ runDir, formats, document: document.value }) : document
}

/** The same for a run that has been loaded already. */
export async function writeDocument({
  runDir,
  formats,
  document,
}: Omit<WriteOptions, 'against'> & { document: ReportDocument }): Promise<Result<string[], LogFailure>> {
  const files: string[] = []
  for (const format of formats) {
    for (const { name, parts } of await filesOf(format, document)) {
      const file = join(runDir, name)
      const written = await replaceFile(file, parts)
      if (!written.ok) return written
      files.push(file)
    }
  }
  return { ok: true, value: files }
}
