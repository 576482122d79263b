import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { UserError } from '../contracts/errors.ts'

export interface ProgramResult {
  exitCode: number
  stdout: Buffer
  stderr: string
}

/** Runs a program of this machine to its end. A missing program is a `requirement-missing`. */
export async function runProgram(
  command: readonly [string, ...string[]],
  options: { cwd: string; env?: NodeJS.ProcessEnv },
): Promise<ProgramResult> {
  const [program, ...rest] = command
  if (!existsSync(options.cwd)) throw new UserError('file-not-found', `${options.cwd}: no folder there`)
  const { promise, resolve, reject } = Promise.withResolvers<ProgramResult>()
  const child = spawn(program, rest, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
  const stdout: Buffer[] = []
  const stderr: Buffer[] = []
  child.stdout.on('data', chunk => stdout.push(chunk))
  child.stderr.on('data', chunk => stderr.push(chunk))
  child.on('error', (error: NodeJS.ErrnoException) =>
    reject(
      error.code === 'ENOENT'
        ? new UserError(
            'requirement-missing',
            `the program "${program}" is needed and was not found in PATH; install it`,
          )
        : error,
    ),
  )
  child.on('close', code =>
    resolve({ exitCode: code ?? 1, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr).toString() }),
  )
  return promise
}
