import { writeFile } from 'node:fs/promises'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { describeHarness } from '../bench/describe-harness.ts'
import { describeEngine } from '../bench/engine/describe-engine.ts'
import { engineMarkdown } from '../bench/engine/markdown-engine.ts'
import { installPeers } from '../bench/engine/peers/install-peers.ts'
import { PEER_NAMES, type PeerName } from '../bench/engine/peers/pinned-peers.ts'
import { ENGINE_REPETITIONS, measureEngine } from '../bench/engine-bench.ts'
import { measureHarness } from '../bench/harness-bench.ts'
import { addBenchReportCommand } from './bench-report-command.ts'
import { addBenchStatisticsCommand } from './bench-statistics-command.ts'
import { addBenchToolsCommand } from './bench-tools-command.ts'
import { OPTIONS, parseList, wholeNumber } from './options.ts'
import { printJson, printLine, printNote } from './print.ts'

const ROUNDS = 5

export function addBenchCommand(program: Command): void {
  const bench = program
    .command('bench')
    .description('what scriptbench itself costs, beside floors and peers')
    .addHelpText('after', '\nExample:\n  scriptbench bench harness')
  addHarness(bench)
  addEngine(bench)
  addBenchToolsCommand(bench)
  addBenchStatisticsCommand(bench)
  addBenchReportCommand(bench)
  addPeers(bench)
}

function addHarness(bench: Command): void {
  bench
    .command('harness')
    .description('milliseconds a turn, trials a minute, start-up and memory, with a model that answers at once')
    .option('--rounds <n>', 'how often everything is measured', wholeNumber(1), ROUNDS)
    .addOption(OPTIONS.json())
    .addHelpText('after', '\nExample:\n  scriptbench bench harness --rounds 10')
    .action(async ({ rounds, json }: { rounds: number; json?: true }) => {
      if (!json) printNote('measuring; expect about half a minute, and keep the machine quiet')
      const report = await measureHarness({ rounds })
      if (json) printJson(report)
      else printLine(describeHarness(report))
    })
}

interface EngineOptions {
  rows?: string[]
  repetitions: number
  peers?: PeerName[]
  json?: string
  markdown?: string
}

function addEngine(bench: Command): void {
  bench
    .command('engine')
    .description('the script engine beside its peers: calls, payloads, cold start, hostile scripts, memory')
    .addOption(new Option('--rows <ids>', 'only these rows').argParser(parseList))
    .option('--repetitions <n>', 'samples of each contender in a row', wholeNumber(1), ENGINE_REPETITIONS)
    .addOption(
      new Option('--peers <names>', 'only these peers, or none; default: all that are installed').argParser(parsePeers),
    )
    .option('--json <file>', 'write the report as JSON')
    .option('--markdown <file>', 'write the report as Markdown')
    .addHelpText('after', '\nExample:\n  scriptbench bench engine --rows warm,small --repetitions 30')
    .action(async ({ rows, repetitions, peers, json, markdown }: EngineOptions) => {
      printNote('measuring; expect four minutes, nine with 30 repetitions, and keep the machine quiet')
      const report = await measureEngine({
        ...{ repetitions, onRow: title => printNote(`  ${title}`) },
        ...(rows && { rows }),
        ...(peers && { peers }),
      })
      printLine(describeEngine(report))
      if (json !== undefined) await writeFile(json, `${JSON.stringify(report, null, 2)}\n`)
      if (markdown !== undefined) await writeFile(markdown, engineMarkdown(report))
    })
}

function addPeers(bench: Command): void {
  bench
    .command('peers')
    .description('install the engines that `bench engine` measures beside ours into a cache, with npm')
    .addHelpText('after', '\nExample:\n  scriptbench bench peers')
    .action(async () => {
      const installed = await installPeers()
      for (const { name, version, dir, problem } of installed) {
        printLine(`${problem === undefined ? '✓' : '✗'} ${name} ${version}  ${problem ?? dir}`)
      }
      if (installed.some(({ problem }) => problem !== undefined)) process.exitCode = 1
    })
}

function parsePeers(text: string): PeerName[] {
  if (text === 'none') return []
  const names = parseList(text)
  const unknown = names.filter(name => !PEER_NAMES.some(peer => peer === name))
  if (unknown.length > 0) {
    throw new InvalidArgumentError(`there is no peer ${unknown.join(', ')}; there are ${PEER_NAMES.join(', ')}, none`)
  }
  return names as PeerName[]
}
