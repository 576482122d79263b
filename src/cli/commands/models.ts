import type { Command } from 'commander'
import { EXIT } from '../../contracts/exit-codes.ts'
import type { Usage } from '../../contracts/model.ts'
import { checkModel, listModels } from '../../run/single/check-model.ts'
import { OPTIONS } from '../options.ts'
import { printJson, printLine } from '../terminal/print.ts'

export function addModelsCommand(program: Command): void {
  const models = program
    .command('models')
    .description('what a model spec resolves to, and whether it answers')
    .addHelpText('after', '\nExample:\n  scriptbench models check openai-compatible/qwen3@http://localhost:11434/v1')
  models
    .command('list')
    .argument('[spec]', 'one spec; all kinds without it')
    .description('what a spec resolves to')
    .addOption(OPTIONS.json())
    .addHelpText('after', '\nExample:\n  scriptbench models list')
    .action((spec: string | undefined, { json }: { json?: true }) => {
      const rows = listModels(process.env, spec)
      if (json) printJson({ models: rows })
      else
        for (const { spec: name, playerKind, endpoint, key, prices } of rows)
          printLine(`${name}\n  ${[playerKind, endpoint, key, prices].filter(Boolean).join(' · ')}`)
    })
  models
    .command('check')
    .argument('<spec>', 'e.g. openai/gpt-5.5')
    .description('send one tiny request; show usage, latency and the served model')
    .addOption(OPTIONS.json())
    .addHelpText('after', '\nExample:\n  scriptbench models check anthropic/claude-opus-4-8')
    .action(async (spec: string, { json }: { json?: true }) => {
      const result = await checkModel(spec, process.env)
      if (json) printJson(result)
      else if (result.ok) {
        printLine(
          `${spec} answers: served model ${result.servedModel ?? 'not said'}, ${Math.round(result.latencyMs)} ms, ${usageText(result.usage)}`,
        )
      } else printLine(`${spec} failed (${result.failure.class}): ${result.failure.message}`)
      if (!result.ok) process.exitCode = EXIT.infrastructure
    })
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
