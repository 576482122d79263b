import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

export const PROJECT_ROOT = join(import.meta.dirname, '..', '..')
/** Named so that a suite that runs the command line is seen to reach its commands. */
const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))
/** Each start strips and compiles some hundred files; the cache halves that. */
const NODE_COMPILE_CACHE = join(tmpdir(), 'scriptbench-test-compile-cache')

export interface CliResult {
  exitCode: number | null
  stdout: string
  stderr: string
}

export interface CliOptions {
  cwd?: string
  /** The program's file; scriptbench itself if absent. */
  main?: string
  env?: Record<string, string>
  /** Kills the process as soon as this becomes true of what it has printed on stderr so far. */
  killWhen?(stderr: string): boolean
  killSignal?: NodeJS.Signals
}

/** Runs the real command line as a process. */
export function runCli(args: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  const { cwd = PROJECT_ROOT, main = MAIN, env = {}, killWhen, killSignal = 'SIGKILL' } = options
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [main, ...args], {
      cwd,
      env: { PATH: process.env.PATH, HOME: process.env.HOME, NODE_COMPILE_CACHE, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let stdout = ''
    let stderr = ''
    let wasKilled = false
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text
      if (killWhen?.(stderr) && !wasKilled) {
        wasKilled = true
        child.kill(killSignal)
      }
    })
    child.on('error', reject)
    child.on('close', exitCode => resolve({ exitCode, stdout, stderr }))
  })
}

/** Runs the command line and reads its JSON; the text of a failure is part of the error. */
export async function runCliJson<T>(args: readonly string[], options: CliOptions = {}): Promise<T> {
  const { exitCode, stdout, stderr } = await runCli([...args, '--json'], options)
  try {
    return JSON.parse(stdout) as T
  } catch {
    throw new Error(`no JSON on stdout (exit ${exitCode}):\n${stdout}\n${stderr}`)
  }
}

/** A folder with the given files, gone after the test. */
export async function createFolder(files: Record<string, string> = {}): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'scriptbench-test-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), content)
  }
  return folder
}
