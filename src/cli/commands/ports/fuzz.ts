import { type Command, Option } from 'commander'
import { EXIT } from '../../../contracts/exit-codes.ts'
import { describeFuzz } from '../../../port-check/fuzz/describe-fuzz.ts'
import { fuzz } from '../../../port-check/fuzz/fuzz.ts'
import type { Fuzzer } from '../../../port-check/fuzz/fuzzer.ts'
import { FUZZERS } from '../../../port-check/fuzz/fuzzers.ts'
import { PORT_PROFILES, type PortProfile } from '../../../port-check/port/port-protocol.ts'
import { wholeNumber } from '../../options.ts'
import { printLine, printNote } from '../../terminal/print.ts'
import { exitOnSignals, obtainUpstream } from './upstream.ts'

interface FuzzFlags {
  tool: string
  upstream?: string
  profile?: PortProfile
  port?: string
  runs: number
  seed?: number
}

/** That only the older of the two releases has. */
const SEED_ERA_TOOLS = ['readFile', 'listDir']
const RUNS_DEFAULT = 500
const SEED_END = 2 ** 31

export function addPortsFuzzCommand(ports: Command): void {
  ports
    .command('fuzz')
    .description('run generated cases through a port and the real program, side by side')
    .addOption(
      new Option('--tool <name>', 'the tool to test').choices(FUZZERS.map(({ kind }) => kind)).default('applyPatch'),
    )
    .option('--upstream <release>', 'e.g. @openai/codex@0.169.0 (default: that of the profile)')
    .addOption(
      new Option(
        '--profile <version>',
        'the release to compare with (default: 0.169, or 0.55 for tools that only it has)',
      ).choices(PORT_PROFILES),
    )
    .option('--port <path-or-command>', 'a module or a command (default: our own tools); see docs/ports.md')
    .option('--runs <n>', 'number of cases', wholeNumber(1), RUNS_DEFAULT)
    .option('--seed <n>', 'the same seed gives the same cases (default: random)', wholeNumber(0))
    .addHelpText(
      'after',
      '\nPrints the smallest cases found that differ, as a corpus; listed deviations are only counted.\n' +
        '\nExit codes: 0 nothing differs that is not listed, 2 something does, 5 nothing was compared: the\nprogram is not available here, or the port does not have the tool.\n' +
        '\nExample:\n  scriptbench ports fuzz --runs 2000 --port ./my-tools.ts > found.jsonl\n' +
        '  scriptbench ports check --corpus found.jsonl --port ./my-tools.ts',
    )
    .action(fuzzAction)
}

async function fuzzAction({ tool, upstream, profile, port, runs, seed }: FuzzFlags): Promise<void> {
  exitOnSignals()
  const fuzzer = FUZZERS.find(({ kind }) => kind === tool) as Fuzzer
  const program = await obtainUpstream(upstream ?? `${profile ?? (SEED_ERA_TOOLS.includes(tool) ? '0.55' : '0.169')}.0`)
  if (program === undefined) return
  const report = await fuzz({
    fuzzer,
    program,
    ...(port !== undefined && { port }),
    runs,
    seed: (seed ?? Date.now()) % SEED_END,
    onProgress: (done, all) => {
      if (done % Math.ceil(all / 10) === 0) printNote(`${done}/${all}`)
    },
  })
  for (const line of report.smallest.flatMap(({ lines }) => lines)) printLine(JSON.stringify(line))
  printNote(describeFuzz(report))
  const compared = report.runs - Object.values(report.notRun).reduce((sum, count) => sum + count, 0)
  if (compared === 0) process.exitCode = EXIT.nothingRan
  if (report.differing > 0) process.exitCode = EXIT.diverged
}
