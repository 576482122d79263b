import { stat } from 'node:fs/promises'
import { posix } from 'node:path'
import { defined } from '../../base/defined.ts'
import type { Result } from '../../contracts/result.ts'
import type { Tool, ToolContext, ToolFailure, UnconfinedRetry } from '../../contracts/tool.ts'
import { errorCode } from '../os-error-text.ts'
import { approvalOf, type ExecPatch, retryNeed } from './exec-approval.ts'
import { failure, outcomeOf } from './exec-outcome.ts'
import { type ExecInput, type ExecOutput, execInput, execOutput, TIMEOUT_MS_DEFAULT } from './exec-schema.ts'
import { hasInterpreter } from './has-interpreter.ts'
import { createOutputDeltas } from './output-deltas.ts'
import { renderExec } from './render-exec.ts'
import { looksDenied } from './sandbox-denial.ts'

/** What a command is for the harness: an ordinary one, a patch in a heredoc, or a patch put in a way that is refused. */
export type ShellAnalysis = { compound: boolean } & (
  | { kind: 'plain' }
  /** `cwd` as spelled in the command, relative to the call's own. */
  | { kind: 'patch'; patch: string; cwd?: string }
  | { kind: 'refused'; message: string }
)

export interface ExecToolOptions {
  analyse(command: readonly string[]): Promise<ShellAnalysis>
  /** Checks a patch found in a command against the tree as it is; `cwd` is an agent's path. */
  verifyPatch(
    request: { patch: string; cwd: string },
    context: Pick<ToolContext, 'workspace' | 'sandbox'>,
  ): Promise<Result<ExecPatch, ToolFailure>>
  /** Kept per stream. */
  outputBytesMax?: number
}

const OUTPUT_BYTES_MAX_DEFAULT = 256 * 1024

const DESCRIPTION = `Runs one program and waits for its end. No terminal, no stdin. \
Background processes are killed when the program ends. Default timeout ${TIMEOUT_MS_DEFAULT} ms. \
Of each stream the first ${OUTPUT_BYTES_MAX_DEFAULT / 1024} KiB are kept. A non-zero exit code is a result, not an error.`

/** The `exec` tool. */
export function createExecTool(options: ExecToolOptions): Tool<ExecInput, ExecOutput> {
  /** Results that come from a patch, and inputs that try one again. */
  const patched = new WeakSet<ExecOutput>()
  const retried = new WeakSet<ExecInput>()
  return {
    name: 'exec',
    description: DESCRIPTION,
    effect: 'write',
    input: execInput,
    output: execOutput,
    concurrencyMax: 16,
    async approval(input, context) {
      const analysis = await options.analyse(input.command)
      if (analysis.kind === 'plain') return approvalOf(input, { kind: 'command' }, context.sandbox)
      const cwd = analysis.kind === 'patch' ? await workingDirectory(input.cwd ?? '', context) : undefined
      const verified =
        analysis.kind === 'patch' && cwd?.ok
          ? await options.verifyPatch(inFolder(analysis, cwd.value), context)
          : undefined
      return approvalOf(input, verified?.ok ? { kind: 'patch', ...verified.value } : undefined, context.sandbox)
    },
    retryUnconfined(input, output) {
      const retry = retryOf(input, output, patched.has(output))
      if (retry !== undefined) retried.add(retry.input)
      return retry
    },
    async run(input, context) {
      if (input.command.length === 0) return failure('invalid-arguments', 'command args are empty')
      const cwd = await workingDirectory(input.cwd ?? '', context)
      if (!cwd.ok) return cwd
      const analysis = await options.analyse(input.command)
      if (analysis.compound) context.note({ compound: true })
      if (analysis.kind === 'refused') return failure('invalid-arguments', analysis.message)
      if (analysis.kind === 'plain') return runCommand({ input, cwd: cwd.value }, context, options)
      const verified = await options.verifyPatch(inFolder(analysis, cwd.value), context)
      if (!verified.ok) return verified
      const output = await runPatch(verified.value, context, retried.has(input))
      patched.add(output)
      return { ok: true, value: output }
    },
    render: renderExec,
  }
}

function inFolder(
  { patch, cwd = '' }: { patch: string; cwd?: string },
  folder: string,
): { patch: string; cwd: string } {
  return { patch, cwd: posix.resolve(folder, cwd) }
}

function retryOf(input: ExecInput, output: ExecOutput, isPatch: boolean): UnconfinedRetry<ExecInput> | undefined {
  const isUnconfined = input.withEscalatedPermissions === true && !isPatch
  if (isUnconfined || !looksDenied(output)) return undefined
  return { input: { ...input, withEscalatedPermissions: true }, need: retryNeed(input), isPatch }
}

/** Prints what the patch program prints, on the stream it prints it on. */
async function runPatch(patch: ExecPatch, context: ToolContext, isUnconfined: boolean): Promise<ExecOutput> {
  const startMs = context.clock.nowMs()
  const applied = await patch.apply(context, { isUnconfined })
  const [stream, text] = applied.ok
    ? (['stdout', applied.value] as const)
    : (['stderr', `${applied.error.message}\n`] as const)
  createOutputDeltas(context.progress)(stream, Buffer.from(text))
  return {
    exitCode: applied.ok ? 0 : 1,
    stdout: '',
    stderr: '',
    [stream]: text,
    aggregatedOutput: text,
    timedOut: false,
    durationMs: Math.round(context.clock.nowMs() - startMs),
  }
}

async function runCommand(
  { input, cwd }: { input: ExecInput; cwd: string },
  context: ToolContext,
  { outputBytesMax = OUTPUT_BYTES_MAX_DEFAULT }: ExecToolOptions,
): Promise<Result<ExecOutput, ToolFailure>> {
  const { workspace, sandbox, signal, note, progress } = context
  const { command, timeoutMs = TIMEOUT_MS_DEFAULT, arg0, withEscalatedPermissions: isEscalated } = input
  const program = command[0] as string
  if (!(await hasInterpreter(program, cwd, context))) {
    return failure('failed', `cannot run \`${program}\`: Exec format error`)
  }
  const result = await sandbox.run({
    command,
    cwd,
    timeoutMs,
    outputBytesMax,
    signal,
    ...defined({ arg0 }),
    ...(isEscalated && { escalated: true }),
    ...(progress && { onOutput: createOutputDeltas(progress) }),
  })
  note({ osSandboxMs: result.sandboxMs })
  const scrub = isEscalated ? workspace.scrub : (text: string) => text
  return outcomeOf(result, { program, outputBytesMax, scrub })
}

/** The call's working directory as an agent's path without links, so that it means the same inside the sandbox. */
async function workingDirectory(
  path: string,
  { workspace }: Pick<ToolContext, 'workspace'>,
): Promise<Result<string, ToolFailure>> {
  const resolved = await workspace.resolve(path)
  if (!resolved.ok) return resolved
  const shown = workspace.toGuest(resolved.value)
  const found = await stat(resolved.value).catch(errorCode)
  if (typeof found !== 'string' && found.isDirectory()) return { ok: true, value: shown }
  return typeof found !== 'string' || found === 'ENOTDIR'
    ? failure('failed', `cwd \`${shown}\`: Not a directory`)
    : failure('not-found', `cwd \`${shown}\`: No such file or directory`)
}
