import { access, constants, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { defined } from '../../../base/defined.ts'
import { UserError } from '../../../contracts/errors.ts'
import { EXIT } from '../../../contracts/exit-codes.ts'
import { checkPorts } from '../../../port-check/check/check-ports.ts'
import { type Flip, flipsSince, readBaseline } from '../../../port-check/check-report/baseline.ts'
import { describeCheck, describeFlips } from '../../../port-check/check-report/describe-check.ts'
import { junitXml } from '../../../port-check/check-report/junit-xml.ts'
import { type PortReport, portReport } from '../../../port-check/check-report/port-report.ts'
import type { Action } from '../../options/command-table.ts'
import { printJson, printLine, printNote } from '../../terminal/print.ts'

export const check: Action<'ports check'> = async (_, { tool, corpus, port, profile, json, junit, baseline }) => {
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(EXIT.interrupted))
  const before = baseline === undefined ? undefined : await readBaseline(baseline)
  if (junit !== undefined) await expectFolder(junit)
  const check = await checkPorts({
    ...(tool && { tools: tool }),
    ...(corpus && { corpora: corpus }),
    ...defined({ port, profile }),
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
      `--junit ${file}: cannot be written (${error.message}); expected a file in a folder that exists. Create the folder, or choose another one.`,
    )
  })
}

/** Without a baseline, upstream is the baseline. */
function isRegression({ differences }: PortReport, flips: readonly Flip[] | undefined): boolean {
  return flips === undefined ? differences.length > 0 : flips.some(flip => flip.isRegression)
}
