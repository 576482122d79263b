import { writeFile } from 'node:fs/promises'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { parseList, wholeNumber } from '../../src/cli/options/parsers.ts'
import { printLine, printNote } from '../../src/cli/terminal/print.ts'
import { describeEngine } from '../engine/describe-engine.ts'
import { engineMarkdown } from '../engine/markdown-engine.ts'
import { ENGINE_REPETITIONS, measureEngine } from '../engine/measure-engine.ts'
import { PEER_NAMES, type PeerName } from '../engine/peers/pinned-peers.ts'

interface EngineOptions {
  rows?: string[]
  repetitions: number
  peers?: PeerName[]
  json?: string
  markdown?: string
}

export function addEngineCommand(bench: Command): void {
  bench
    .command('engine')
    .description('compare the script engine with its peers: calls, payloads, cold start, hostile scripts, memory')
    .addOption(new Option('--rows <ids>', 'only these rows; default: all').argParser(parseList))
    .option('--repetitions <n>', 'samples of each contender in a row', wholeNumber(1), ENGINE_REPETITIONS)
    .addOption(
      new Option('--peers <names>', 'only these peers, or none; default: all that are installed').argParser(parsePeers),
    )
    .option('--json <file>', 'write the report as JSON')
    .option('--markdown <file>', 'write the report as Markdown')
    .addHelpText('after', '\nExample:\n  npm run bench -- engine --rows warm,small --repetitions 30')
    .action(async ({ rows, repetitions, peers, json, markdown }: EngineOptions) => {
      printNote('measuring; takes about four minutes, nine with 30 repetitions; keep the machine idle')
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

function parsePeers(text: string): PeerName[] {
  if (text === 'none') return []
  const names = parseList(text)
  const unknown = names.filter(name => !PEER_NAMES.some(peer => peer === name))
  if (unknown.length > 0) {
    throw new InvalidArgumentError(`unknown: ${unknown.join(', ')}; expected some of ${PEER_NAMES.join(', ')}, or none`)
  }
  return names as PeerName[]
}
