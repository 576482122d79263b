import { type Command, CommanderError } from 'commander'
import { UserError } from '../contracts/errors.ts'
import { EXIT } from '../contracts/exit-codes.ts'

/** Runs a command line; how it ended is the process's exit code. */
export async function runProgram(program: Command): Promise<void> {
  ignoreClosedPipes()
  try {
    await program.exitOverride().parseAsync()
  } catch (error) {
    process.exitCode = report(error)
  }
}

/** Prints what went wrong. Only a defect of ours shows a stack trace. */
function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage
  if (error instanceof UserError) {
    process.stderr.write(`error: ${error.message}\n`)
    return error.code === 'nothing-to-run' ? EXIT.nothingRan : EXIT.usage
  }
  if (isSystemError(error)) {
    process.stderr.write(`error: ${error.message}\n`)
    return EXIT.usage
  }
  process.stderr.write(
    `This is a defect of scriptbench; please report it.\n${error instanceof Error ? error.stack : String(error)}\n`,
  )
  return EXIT.defect
}

/** A full disk, a missing right and the like are no defects of ours. */
function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error && 'code' in error
}

/** `… | head` closes the pipe early: nobody reads on, which is no reason to lose a run. */
function ignoreClosedPipes(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error
    })
  }
}
