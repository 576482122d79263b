import { writeFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { EXIT } from '../../../contracts/exit-codes.ts'
import { comparePorts } from '../../../port-check/comparison/compare-ports.ts'
import { comparisonMarkdown, describeComparison } from '../../../port-check/comparison/describe-comparison.ts'
import { collect, OPTIONS } from '../../options.ts'
import { printJson, printLine, printNote } from '../../terminal/print.ts'
import { skippingUnavailable } from './upstream.ts'

interface CompareFlags {
  upstream?: string
  tool?: string[]
  corpus?: string[]
  profile?: string
  json?: true
  markdown?: string
}

export function addPortsCompareCommand(ports: Command): void {
  ports
    .command('compare')
    .argument('<portA>', 'a module, a command, or one of ours: built-in, built-in:0.169, built-in:0.55')
    .argument('<portB>', 'another one')
    .description('compare two ports tool by tool (behaviour, features, size, speed) and recommend which one to keep')
    .option('--upstream <release>', 'first record the cases again with the real program, e.g. @openai/codex@0.169.0')
    .option('--tool <names...>', 'only these tools, e.g. applyPatch', collect)
    .option('--corpus <files...>', 'files of recorded behaviour (default: those of the package)', collect)
    .option('--profile <version>', 'only one recorded release, 0.169 or 0.55 (default: all)')
    .addOption(OPTIONS.json())
    .option('--markdown <file>', 'also write it as Markdown')
    .addHelpText('after', '\nExample:\n  scriptbench ports compare built-in:0.169 ./my-tools.ts --tool applyPatch')
    .action(compareAction)
}

async function compareAction(a: string, b: string, flags: CompareFlags): Promise<void> {
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(EXIT.interrupted))
  const { tool, corpus, profile, upstream, json, markdown } = flags
  const options = {
    a,
    b,
    ...(tool && { tools: tool }),
    ...(corpus && { corpora: corpus }),
    ...(profile !== undefined && { profile }),
    ...(upstream !== undefined && { upstream }),
    onStep: printNote,
  }
  const comparison = await skippingUnavailable(() => comparePorts(options))
  if (comparison === undefined) return
  if (markdown !== undefined) await writeFile(markdown, comparisonMarkdown(comparison))
  if (json) printJson(comparison)
  else printLine(describeComparison(comparison))
}
