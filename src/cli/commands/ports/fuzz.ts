import { defined } from '../../../base/defined.ts'
import { EXIT } from '../../../contracts/exit-codes.ts'
import { describeFuzz } from '../../../port-check/fuzz/describe-fuzz.ts'
import { fuzz } from '../../../port-check/fuzz/fuzz.ts'
import type { Fuzzer } from '../../../port-check/fuzz/fuzzer.ts'
import { FUZZERS } from '../../../port-check/fuzz/fuzzers.ts'
import type { Action } from '../../options/command-table.ts'
import { printLine, printNote } from '../../terminal/print.ts'
import { exitOnSignals, obtainUpstream } from './upstream.ts'

/** That only the older of the two releases has. */
const SEED_ERA_TOOLS = ['readFile', 'listDir']
const SEED_END = 2 ** 31

export const fuzzPort: Action<'ports fuzz'> = async (_, { tool, upstream, profile, port, runs, seed }) => {
  exitOnSignals()
  const fuzzer = FUZZERS.find(({ kind }) => kind === tool) as Fuzzer
  const program = await obtainUpstream(upstream ?? `${profile ?? (SEED_ERA_TOOLS.includes(tool) ? '0.55' : '0.169')}.0`)
  if (program === undefined) return
  const report = await fuzz({
    fuzzer,
    program,
    ...defined({ port }),
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
