import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { CommandName, OptionsOf } from '../../../src/cli/options/command-table.ts'
import { type CliOptions, type CliResult, runCli } from '../../helpers/run-cli.ts'

/** The end-to-end test of one option of one command. */
export interface OptionCase {
  /** Runs the real command line and expects what the option changes. */
  effect(): Promise<void>
  /** Words after the command that hold a wrong value, and its error. Required where a value is parsed. */
  wrong?: readonly [args: readonly string[], message: string, exitCode?: number]
  /** Takes seconds: tried by `npm run test:long`. */
  isSlow?: true
}

export type CasesOf<Name extends CommandName> = { [Key in keyof OptionsOf<Name>]-?: OptionCase }

/** One folder in which all cases work. */
export const ROOT = mkdtempSync(join(realpathSync(tmpdir()), 'scriptbench-options-'))

export function removeRoot(): void {
  rmSync(ROOT, { recursive: true, force: true })
}

/** Files of the folder by their paths. */
export function put(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(ROOT, path)), { recursive: true })
    writeFileSync(join(ROOT, path), text)
  }
}

export function cli(args: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  return runCli(args, { cwd: ROOT, ...options })
}

/** What a command printed; fails with its error if it did not end well. */
export async function printed(args: readonly string[], options: CliOptions = {}): Promise<string> {
  const { exitCode, stdout, stderr } = await cli(args, options)
  if (exitCode !== 0) throw new Error(`exit code ${exitCode}: ${args.join(' ')}\n${stdout}\n${stderr}`)
  return stdout
}

/** Whatever JSON a command printed. */
export async function json(args: readonly string[], options: CliOptions = {}): Promise<Json> {
  return JSON.parse(await printed([...args, '--json'], options))
}

/** Tests look at a few fields of many documents. */
export type Json = ReturnType<typeof JSON.parse>

/** Made once, when the first case needs it. */
export function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | undefined
  return () => {
    made ??= make()
    return made
  }
}
