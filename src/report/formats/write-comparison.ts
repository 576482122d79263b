import { join } from 'node:path'
import type { Result } from '../../contracts/result.ts'
import type { LogFailure } from '../../log/log-failure.ts'
import { replaceFile } from '../../log/replace-file.ts'
import type { Comparison } from '../comparison/comparison.ts'
import { comparisonJson } from './compare-json.ts'
import { renderComparisonMarkdown, type ViewOptions } from './comparison-text.ts'
import { contrastsCsv } from './contrasts-csv.ts'

export const COMPARISON_FORMATS = ['json', 'md', 'csv'] as const
export type ComparisonFormat = (typeof COMPARISON_FORMATS)[number]

/** One of a comparison's documents, in pieces. */
export function comparisonDocument(
  comparison: Comparison,
  format: ComparisonFormat,
  view: ViewOptions,
): Iterable<string> {
  if (format === 'json') return [comparisonJson(comparison)]
  return format === 'csv' ? contrastsCsv(comparison) : [renderComparisonMarkdown(comparison, view)]
}

const NAMES: Record<ComparisonFormat, string> = { json: 'compare.json', md: 'compare.md', csv: 'contrasts.csv' }

/** Writes documents of a comparison into a folder, and returns their files. */
export async function writeComparison(
  comparison: Comparison,
  { outDir, formats, view }: { outDir: string; formats: readonly ComparisonFormat[]; view: ViewOptions },
): Promise<Result<string[], LogFailure>> {
  const files: string[] = []
  for (const format of formats) {
    const file = join(outDir, NAMES[format])
    const written = await replaceFile(file, comparisonDocument(comparison, format, view))
    if (!written.ok) return written
    files.push(file)
  }
  return { ok: true, value: files }
}
