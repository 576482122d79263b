import { type Command, CommanderError } from 'commander'
import { UserError } from '../contracts/errors.ts'
import { EXIT } from '../contracts/exit-codes.ts'

/** Runs a command line; how it ended is the process's exit code. */
export async function runProgram(build: () => Command): Promise<void> {
  ignoreClosedPipes()
  // Also for promises that are rejected without anyone waiting for them, which Node turns into these.
  process.on('uncaughtException', error => process.exit(report(error)))
  try {
    await build().exitOverride().parseAsync()
  } catch (error) {
    process.exitCode = report(error)
  }
}

/** Prints what went wrong. Only a defect of scriptbench shows a stack trace. */
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

/** A full disk or a missing permission is not a defect of scriptbench. */
function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error && 'code' in error
}

/** `… | head` closes the pipe early: no one reads on, but a run must continue. */
function ignoreClosedPipes(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error
    })
  }
}
