import { access, constants, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Command } from 'commander'
import { UserError } from '../../../contracts/errors.ts'
import { EXIT } from '../../../contracts/exit-codes.ts'
import { checkPorts } from '../../../port-check/check/check-ports.ts'
import { type Flip, flipsSince, readBaseline } from '../../../port-check/check-report/baseline.ts'
import { describeCheck, describeFlips } from '../../../port-check/check-report/describe-check.ts'
import { junitXml } from '../../../port-check/check-report/junit-xml.ts'
import { type PortReport, portReport } from '../../../port-check/check-report/port-report.ts'
import { collect, OPTIONS } from '../../options.ts'
import { printJson, printLine, printNote } from '../../terminal/print.ts'

interface CheckFlags {
  tool?: string[]
  corpus?: string[]
  port?: string
  profile?: string
  json?: true
  junit?: string
  baseline?: string
}

export function addPortsCheckCommand(ports: Command): void {
  ports
    .command('check')
    .description('run every recorded case through a port and compare exit, text, tree and events')
    .option('--tool <names...>', 'only these tools, e.g. applyPatch', collect)
    .option('--corpus <files...>', 'files of recorded behaviour (default: those of the package)', collect)
    .option('--port <path-or-command>', 'a module or a command (default: our own tools); see docs/ports.md')
    .option('--profile <version>', 'only one recorded release, 0.169 or 0.55 (default: all)')
    .addOption(OPTIONS.json())
    .option('--junit <file>', 'also write the cases as JUnit XML')
    .option('--baseline <file>', 'compare with the output of an earlier --json')
    .addHelpText(
      'after',
      '\nExit codes: 0 nothing differs that is not listed, 2 something does; with --baseline, 2 only if a case is worse than before.\n' +
        '\nExample:\n  scriptbench ports check --tool applyPatch --port ./my-tools.ts --profile 0.169',
    )
    .action(checkAction)
}

async function checkAction({ tool, corpus, port, profile, json, junit, baseline }: CheckFlags): Promise<void> {
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(EXIT.interrupted))
  const before = baseline === undefined ? undefined : await readBaseline(baseline)
  if (junit !== undefined) await expectFolder(junit)
  const check = await checkPorts({
    ...(tool && { tools: tool }),
    ...(corpus && { corpora: corpus }),
    ...(port !== undefined && { port }),
    ...(profile !== undefined && { profile }),
  })
  const flips = before && flipsSince(before, check)
  const report = portReport(check)
  if (junit !== undefined) await writeFile(junit, junitXml(check))
  if (json && flips) printNote(describeFlips(flips))
  if (json) printJson(report)
  else printLine(describeCheck(check, flips))
  if (isRegression(report, flips)) process.exitCode = EXIT.diverged
}

/** Fails before the check, not after minutes of it. */
async function expectFolder(file: string): Promise<void> {
  await access(dirname(file), constants.W_OK).catch((error: Error) => {
    throw new UserError(
      'usage',
      `--junit ${file}: cannot be written (${error.message}); expected a file in an existing folder.`,
    )
  })
}

/** Without a baseline, upstream is the baseline. */
function isRegression({ differences }: PortReport, flips: readonly Flip[] | undefined): boolean {
  return flips === undefined ? differences.length > 0 : flips.some(flip => flip.isRegression)
}
