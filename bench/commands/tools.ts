import { writeFile } from 'node:fs/promises'
import { type Command, Option } from 'commander'
import { parseList, wholeNumber } from '../../src/cli/options/parsers.ts'
import { printLine, printNote } from '../../src/cli/terminal/print.ts'
import { describeTools, toolsMarkdown } from '../tools/describe-tools.ts'
import { measureTools, TOOLS_REPETITIONS } from '../tools/measure-tools.ts'

interface ToolsFlags {
  rows?: string[]
  repetitions: number
  json?: string
  markdown?: string
}

export function addToolsCommand(bench: Command): void {
  bench
    .command('tools')
    .description('compare our tools with the real Codex program, bare processes and ripgrep')
    .addOption(new Option('--rows <ids>', 'only these rows; default: all').argParser(parseList))
    .option('--repetitions <n>', 'samples of each in a row', wholeNumber(1), TOOLS_REPETITIONS)
    .option('--json <file>', 'write the report as JSON')
    .option('--markdown <file>', 'write the report as Markdown')
    .addHelpText('after', '\nExample:\n  npm run bench -- tools --rows patch,exec --repetitions 30')
    .action(async ({ rows, repetitions, json, markdown }: ToolsFlags) => {
      printNote('measuring; takes up to two minutes; keep the machine idle')
      const report = await measureTools({
        ...{ repetitions, onRow: (title: string) => printNote(`  ${title}`) },
        ...(rows && { rows }),
      })
      printLine(describeTools(report))
      if (json !== undefined) await writeFile(json, `${JSON.stringify(report, null, 2)}\n`)
      if (markdown !== undefined) await writeFile(markdown, toolsMarkdown(report))
    })
}
