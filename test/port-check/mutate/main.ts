import { Command } from 'commander'
import { exitOnSignals } from '../../../src/cli/commands/ports/upstream.ts'
import { wholeNumber } from '../../../src/cli/options/parsers.ts'
import { runProgram } from '../../../src/cli/run-program.ts'
import { printJson, printLine, printNote } from '../../../src/cli/terminal/print.ts'
import { EXIT } from '../../../src/contracts/exit-codes.ts'
import { describeMutation } from './describe-mutation.ts'
import { type JudgedMutant, mutatePorts, SEED_DEFAULT } from './mutate-ports.ts'
import { MUTANTS_DEFAULT } from './mutated-tools.ts'
import { mutationReport } from './mutation-report.ts'

interface MutateFlags {
  tool?: string[]
  seed: string
  mutants?: number
  json?: true
}

/** Without a terminal, a progress line after this many mutants. */
const NOTE_EVERY = 10

const program = new Command('npm run test:mutants --')
  .description('break our own tools in many small ways; the recorded cases must notice each one')
  .option('--tool <names...>', 'only these tools, e.g. listDir')
  .option('--seed <text>', 'another seed takes other mutants', SEED_DEFAULT)
  .option('--mutants <n>', `how many of each tool (default: ${MUTANTS_DEFAULT} in all)`, wholeNumber(1))
  .option('--json', 'print JSON only on stdout')
  .addHelpText(
    'after',
    '\nExit codes: 0 every mutant was caught, 1 a mistake in the options, 2 some survived or cannot be loaded.\n' +
      '\nExample:\n  npm run test:mutants -- --tool listDir --seed 7',
  )
  .action(mutateAction)

async function mutateAction({ tool, seed, mutants, json }: MutateFlags): Promise<void> {
  exitOnSignals()
  const run = await mutatePorts({
    ...(tool && { tools: tool }),
    ...(mutants !== undefined && { mutants }),
    seed,
    onJudged: createProgress(process.stderr),
  })
  const report = mutationReport(run)
  if (json) printJson(report)
  else printLine(describeMutation(report))
  if (report.summary.caught < report.summary.mutants) process.exitCode = EXIT.diverged
}

function createProgress(stream: NodeJS.WriteStream) {
  let survived = 0
  return ({ end }: JudgedMutant, { done, all }: { done: number; all: number }) => {
    if (end.kind === 'survived') survived++
    const line = `${done} of ${all} mutants judged, ${survived} survived`
    if (stream.isTTY) stream.write(`\r${line}${done === all ? '\n' : ''}`)
    else if (done % NOTE_EVERY === 0 || done === all) printNote(line)
  }
}

await runProgram(() => program)
