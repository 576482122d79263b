import type { Comparison } from '../comparison/comparison.ts'
import { COMPARISON_VERSION } from '../comparison/comparison-schema.ts'

/** `compare.json`. */
export function comparisonJson(comparison: Comparison): string {
  return `${JSON.stringify({ comparisonVersion: COMPARISON_VERSION, ...comparison }, null, 2)}\n`
}
