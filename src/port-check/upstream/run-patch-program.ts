import { type SpawnOptions, spawn } from 'node:child_process'
import { copyFileSync, linkSync, mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import type { Bytes, PatchCase } from '../kinds/patch-case.ts'
import { filledBytes } from '../kinds/patch-case.ts'
import { ownChild } from '../leftovers.ts'
import type { UpstreamProgram } from './upstream-program.ts'

const NOBODY = 65_534
const TIMEOUT_MS = 60_000

export interface PatchProgramRun {
  invoke: PatchCase['invoke']
  env?: Readonly<Record<string, string>> | undefined
  user?: 'nobody' | undefined
  cwd: string
  /** Fills the placeholders of a text. */
  filled(text: string): string
}

export interface PatchProgramEnd {
  exit: number
  stdout: string
  stderr: string
}

/** The real patch program under the names it is called by. */
export interface PatchProgram {
  run(given: PatchProgramRun): Promise<PatchProgramEnd>
}

/** Makes the names in a folder that anybody can read. */
export function openPatchProgram(program: UpstreamProgram, folder: string): PatchProgram {
  mkdirSync(folder, { recursive: true })
  const links = new Map<string, string>()
  const named = (name: string) => {
    const link = links.get(name) ?? join(folder, name)
    if (!links.has(name)) symlinkSync(program.file, link)
    links.set(name, link)
    return link
  }
  let copy: string | undefined
  const readable = () => {
    copy ??= copyOf(program.file, join(folder, 'program'))
    return copy
  }
  return {
    async run({ invoke, env, user, cwd, filled }) {
      const isArg = invoke.mode === 'arg'
      const parts = isArg ? ['--codex-run-as-apply-patch', invoke.patch] : invoke.args
      const args = parts.map(part => filledBytes(part, filled))
      const isNobody = user === 'nobody' && process.getuid?.() === 0
      const file = isNobody ? readable() : isArg ? program.file : named(invoke.argv0 ?? 'apply_patch')
      const options: SpawnOptions = {
        cwd,
        env: { PATH: process.env.PATH, HOME: folder, LANG: 'C.UTF-8', ...env },
        ...(isNobody && { uid: NOBODY, gid: NOBODY, ...(!isArg && { argv0: invoke.argv0 ?? 'apply_patch' }) }),
        timeout: TIMEOUT_MS,
        killSignal: 'SIGKILL',
      }
      const stdin = !isArg && invoke.stdin !== undefined ? bufferOf(filledBytes(invoke.stdin, filled)) : Buffer.of()
      return runToEnd({ ...commandOf(file, args), options, stdin })
    },
  }
}

/** A link where the file system can, since the program is large. */
function copyOf(file: string, copy: string): string {
  try {
    linkSync(file, copy)
  } catch {
    copyFileSync(file, copy)
  }
  return copy
}

interface Command {
  file: string
  args: string[]
}

/** Arguments that are not text are built by a shell: Node can only pass text. */
function commandOf(file: string, args: readonly Bytes[]): Command {
  if (args.every(arg => typeof arg === 'string')) return { file, args: [...args] }
  const printed = args.map((arg, index) => `a${index}=$(printf '${octal(bufferOf(arg))}x')`)
  const used = args.map((_, index) => `"\${a${index}%x}"`)
  return { file: '/bin/sh', args: ['-c', `${printed.join('\n')}\nexec "$0" ${used.join(' ')}`, file] }
}

function octal(bytes: Buffer): string {
  return [...bytes].map(byte => `\\${byte.toString(8).padStart(3, '0')}`).join('')
}

function bufferOf(bytes: Bytes): Buffer {
  return typeof bytes === 'string' ? Buffer.from(bytes) : Buffer.from(bytes.b64, 'base64')
}

function runToEnd({
  file,
  args,
  options,
  stdin,
}: Command & { options: SpawnOptions; stdin: Buffer }): Promise<PatchProgramEnd> {
  const { promise, resolve, reject } = Promise.withResolvers<PatchProgramEnd>()
  const child = ownChild(spawn(file, args, { ...options, stdio: ['pipe', 'pipe', 'pipe'] }))
  const stdout: Buffer[] = []
  const stderr: Buffer[] = []
  child.stdout?.on('data', (chunk: Buffer) => stdout.push(chunk))
  child.stderr?.on('data', (chunk: Buffer) => stderr.push(chunk))
  child.on('error', reject)
  child.on('close', code => {
    resolve({ exit: code ?? -1, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() })
  })
  child.stdin?.on('error', () => undefined)
  child.stdin?.end(stdin)
  return promise
}
