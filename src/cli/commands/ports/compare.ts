import { writeFile } from 'node:fs/promises'
import { defined } from '../../../base/defined.ts'
import { EXIT } from '../../../contracts/exit-codes.ts'
import { comparePorts } from '../../../port-check/comparison/compare-ports.ts'
import { comparisonMarkdown, describeComparison } from '../../../port-check/comparison/describe-comparison.ts'
import type { Action } from '../../options/command-table.ts'
import { printJson, printLine, printNote } from '../../terminal/print.ts'
import { skippingUnavailable } from './upstream.ts'

export const compare: Action<'ports compare'> = async ({ portA: a, portB: b }, flags) => {
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(EXIT.interrupted))
  const { tool, corpus, profile, upstream, json, markdown } = flags
  const options = {
    a,
    b,
    ...(tool && { tools: tool }),
    ...(corpus && { corpora: corpus }),
    ...defined({ profile, upstream }),
    onStep: printNote,
  }
  const comparison = await skippingUnavailable(() => comparePorts(options))
  if (comparison === undefined) return
  if (markdown !== undefined) await writeFile(markdown, comparisonMarkdown(comparison))
  if (json) printJson(comparison)
  else printLine(describeComparison(comparison))
}
