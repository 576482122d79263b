import { EXIT } from '../../../contracts/exit-codes.ts'
import type { Usage } from '../../../contracts/model.ts'
import { checkModel } from '../../../run/single/check-model.ts'
import type { Action } from '../../options/command-table.ts'
import { printJson, printLine } from '../../terminal/print.ts'

export const check: Action<'models check'> = async ({ spec }, { json }) => {
  const result = await checkModel(spec, process.env)
  if (json) printJson(result)
  else if (result.ok) {
    const facts = [`${Math.round(result.latencyMs)} ms`, usageText(result.usage)]
    printLine(`${spec} answers: served model ${result.servedModel ?? 'unknown'}, ${facts.join(', ')}`)
  } else printLine(`${spec} failed (${result.failure.class}): ${result.failure.message}`)
  if (!result.ok) process.exitCode = EXIT.failed
}

function usageText(usage: Usage | undefined): string {
  const buckets = [
    [usage?.inputFreshTokens, 'fresh'],
    [usage?.cacheReadTokens, 'cached'],
    [usage?.cacheWriteTokens, 'written to the cache'],
    [usage?.outputTokens, 'output'],
  ] as const
  const known = buckets.flatMap(([count, name]) => (count === undefined ? [] : [`${count} ${name}`]))
  if (known.length === 0) return 'no usage reported'
  const reasoning = usage?.reasoningTokens ? ` (${usage.reasoningTokens} of them reasoning)` : ''
  return `${known.join(', ')} tokens${reasoning}${usage?.estimated ? ', estimated' : ''}`
}
