import { stat } from 'node:fs/promises'
import { posix } from 'node:path'
import type { ProcessResult } from '../contracts/os-sandbox.ts'
import type { Result } from '../contracts/result.ts'
import type { ApprovalNeed, Tool, ToolContext, ToolErrorCode, ToolFailure } from '../contracts/tool.ts'
import { isDangerousCommand } from './exec/dangerous-command.ts'
import { type ExecInput, type ExecOutput, execInput, execOutput, TIMEOUT_MS_DEFAULT } from './exec/exec-schema.ts'
import { renderExec } from './exec/render-exec.ts'
import { isSafeCommand } from './exec/safe-command.ts'
import { looksDenied } from './exec/sandbox-denial.ts'

/** What a command is for the harness: an ordinary one, a patch in a heredoc, or a patch put in a way that is refused. */
export type ShellAnalysis = { compound: boolean } & (
  | { kind: 'plain' }
  /** `cwd` as spelled in the command, relative to the call's own. */
  | { kind: 'patch'; patch: string; cwd?: string }
  | { kind: 'refused'; message: string }
)

export interface ExecToolOptions {
  analyse(command: readonly string[]): Promise<ShellAnalysis>
  /** Applies a patch found in a command; `cwd` is an agent's path. The value is what the patch program prints. */
  applyPatch(request: { patch: string; cwd: string }, context: ToolContext): Promise<Result<string, ToolFailure>>
  /** Kept per stream. */
  outputBytesMax?: number
}

const OUTPUT_BYTES_MAX_DEFAULT = 256 * 1024
const EXIT_TIMED_OUT = 124
const EXIT_SIGNAL_BASE = 128

const DESCRIPTION = `Runs one program and waits for its end. No terminal, no stdin. \
Background processes are killed when the program ends. Default timeout ${TIMEOUT_MS_DEFAULT} ms. \
Of each stream the first ${OUTPUT_BYTES_MAX_DEFAULT / 1024} KiB are kept. A non-zero exit code is a result, not an error.`

/** The `exec` tool. */
export function createExecTool(options: ExecToolOptions): Tool<ExecInput, ExecOutput> {
  return {
    name: 'exec',
    description: DESCRIPTION,
    effect: 'write',
    input: execInput,
    output: execOutput,
    concurrencyMax: 16,
    approval: approvalOf,
    retryUnconfined,
    run: (input, context) => run(input, context, options),
    render: renderExec,
  }
}

function approvalOf({ command, withEscalatedPermissions, justification }: ExecInput): ApprovalNeed | undefined {
  const line = command.join(' ')
  if (withEscalatedPermissions) {
    return { reason: 'escalation', detail: justification === undefined ? line : `${line} (${justification})` }
  }
  if (isDangerousCommand(command)) return { reason: 'dangerous-command', detail: line }
  return isSafeCommand(command) ? undefined : { reason: 'unsafe-command', detail: line }
}

function retryUnconfined(input: ExecInput, output: ExecOutput): { input: ExecInput; need: ApprovalNeed } | undefined {
  if (input.withEscalatedPermissions || !looksDenied(output)) return undefined
  return {
    input: { ...input, withEscalatedPermissions: true },
    need: { reason: 'escalation', detail: `command failed; retry without sandbox? ${input.command.join(' ')}` },
  }
}

async function run(
  input: ExecInput,
  context: ToolContext,
  { analyse, applyPatch, outputBytesMax = OUTPUT_BYTES_MAX_DEFAULT }: ExecToolOptions,
): Promise<Result<ExecOutput, ToolFailure>> {
  const { workspace, sandbox, clock, signal, note } = context
  if (input.command.length === 0) return failure('invalid-arguments', 'command args are empty')
  const cwd = await workingDirectory(input.cwd ?? '', context)
  if (!cwd.ok) return cwd
  const analysis = await analyse(input.command)
  if (analysis.compound) note({ compound: true })
  if (analysis.kind === 'refused') return failure('invalid-arguments', analysis.message)
  if (analysis.kind === 'patch') {
    const startMs = clock.nowMs()
    const patchCwd = posix.resolve(cwd.value, analysis.cwd ?? '')
    const applied = await applyPatch({ patch: analysis.patch, cwd: patchCwd }, context)
    return applied.ok ? { ok: true, value: patchOutput(applied.value, clock.nowMs() - startMs) } : applied
  }
  const result = await sandbox.run({
    command: input.command,
    cwd: cwd.value,
    timeoutMs: input.timeoutMs ?? TIMEOUT_MS_DEFAULT,
    outputBytesMax,
    signal,
    ...(input.arg0 !== undefined && { arg0: input.arg0 }),
    ...(input.withEscalatedPermissions && { escalated: true }),
  })
  note({ osSandboxMs: result.sandboxMs })
  const scrub = input.withEscalatedPermissions ? workspace.scrub : (text: string) => text
  return outcomeOf(result, input, { outputBytesMax, scrub })
}

/** The call's working directory as an agent's path without links, so that it means the same inside the sandbox. */
async function workingDirectory(path: string, { workspace }: ToolContext): Promise<Result<string, ToolFailure>> {
  const resolved = await workspace.resolve(path)
  if (!resolved.ok) return resolved
  const shown = workspace.toGuest(resolved.value)
  const found = await stat(resolved.value).catch(() => undefined)
  if (found === undefined) return failure('not-found', `cwd \`${shown}\`: No such file or directory`)
  return found.isDirectory() ? { ok: true, value: shown } : failure('failed', `cwd \`${shown}\`: Not a directory`)
}

function patchOutput(stdout: string, durationMs: number): ExecOutput {
  return { exitCode: 0, stdout, stderr: '', aggregatedOutput: stdout, timedOut: false, durationMs }
}

interface Presentation {
  outputBytesMax: number
  scrub(text: string): string
}

function outcomeOf(
  { end, ...result }: ProcessResult,
  { command }: ExecInput,
  { outputBytesMax, scrub }: Presentation,
): Result<ExecOutput, ToolFailure> {
  const text = (bytes: Uint8Array) => scrub(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes))
  const omitted =
    result.bytesDropped === 0
      ? ''
      : `\n[... ${result.bytesDropped} bytes omitted: only the first ${outputBytesMax} bytes of each stream are kept ...]\n`
  const output = (exitCode: number): Result<ExecOutput, ToolFailure> => ({
    ok: true,
    value: {
      exitCode,
      stdout: text(result.stdout),
      stderr: text(result.stderr),
      aggregatedOutput: text(result.aggregated) + omitted,
      timedOut: end.kind === 'timed-out',
      durationMs: Math.round(result.durationMs),
    },
  })
  switch (end.kind) {
    case 'exited':
      return output(end.exitCode)
    case 'signalled':
      return output(EXIT_SIGNAL_BASE + end.signal)
    case 'timed-out':
      return output(EXIT_TIMED_OUT)
    case 'cancelled':
      return failure('cancelled', 'exec was cancelled; the program was killed')
    case 'spawn-failed':
      return spawnFailure(command[0] as string, end)
  }
}

function spawnFailure(
  program: string,
  { code, message }: { code: string; message: string },
): Result<never, ToolFailure> {
  if (code === 'ENOENT') return failure('not-found', `cannot run \`${program}\`: No such file or directory`)
  if (code === 'EACCES') return failure('failed', `cannot run \`${program}\`: Permission denied`)
  if (code === 'ENOEXEC') return failure('failed', `cannot run \`${program}\`: Exec format error`)
  if (code === 'E2BIG') return failure('failed', `cannot run \`${program}\`: Argument list too long`)
  return failure('failed', `cannot run \`${program}\`: ${message}`)
}

function failure(code: ToolErrorCode, message: string): { ok: false; error: ToolFailure } {
  return { ok: false, error: { code, message } }
}
