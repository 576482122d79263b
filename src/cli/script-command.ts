import { type Command, InvalidArgumentError } from 'commander'
import { EXIT } from '../contracts/exit-codes.ts'
import { SCRIPT_LIMITS_DEFAULT, type ScriptLimits, type ScriptOutcome } from '../contracts/script.ts'
import { runScriptFile } from '../run/run-script-file.ts'
import { abortOnInterrupt } from './interrupt.ts'
import { OPTIONS } from './options.ts'
import { printJson, printLine } from './print.ts'

interface ScriptFlags {
  workspace: string
  sandbox?: 'auto' | 'bubblewrap' | 'none'
  limits?: Partial<ScriptLimits>
  json?: true
}

export function addScriptCommand(program: Command): void {
  program
    .command('script')
    .argument('<file>', 'a TypeScript program as a model would write it')
    .description('run one script in the engine, over the tools and a folder')
    .addOption(OPTIONS.workspace())
    .option('--limits <k=v,…>', `limits: ${Object.keys(SCRIPT_LIMITS_DEFAULT).join(', ')}`, parseLimits)
    .addOption(OPTIONS.sandbox())
    .addOption(OPTIONS.json())
    .addHelpText(
      'after',
      '\nExample:\n  scriptbench script count.ts --workspace . --limits wallTimeMs=5000,toolCallsMax=50',
    )
    .action(async (file: string, { workspace, sandbox = 'auto', limits = {}, json }: ScriptFlags) => {
      const interrupt = abortOnInterrupt()
      const outcome = await runScriptFile({ file, workspace, sandbox, limits, signal: interrupt.signal })
      interrupt.release()
      if (json) printJson(asJson(outcome))
      else printOutcome(outcome)
      if (interrupt.wasInterrupted()) process.exitCode = EXIT.interrupted
    })
}

function parseLimits(text: string): Partial<ScriptLimits> {
  const limits: Record<string, number> = {}
  for (const pair of text.split(',')) {
    const [name = '', value = ''] = pair.split('=', 2).map(part => part.trim())
    if (!Object.hasOwn(SCRIPT_LIMITS_DEFAULT, name)) {
      throw new InvalidArgumentError(
        `unknown limit "${name}"; expected one of ${Object.keys(SCRIPT_LIMITS_DEFAULT).join(', ')}`,
      )
    }
    if (!/^\d+$/.test(value) || (Number(value) === 0 && name !== 'graceMs')) {
      throw new InvalidArgumentError(`${name}: expected a whole number above 0, got "${value}"`)
    }
    limits[name] = Number(value)
  }
  return limits
}

function asJson(outcome: ScriptOutcome) {
  const calls = outcome.calls.map(({ callId, tool, args, status, ms, error, effect, startedMs, awaited }) => ({
    tool,
    args,
    status,
    ms,
    callId,
    effect,
    startedMs,
    awaited,
    ...(error && { error }),
  }))
  const { logs, logsDropped, notices, timings } = outcome
  const facts = { logs, logsDropped, calls, notices, timings }
  return outcome.ok
    ? { ok: true, value: outcome.value ?? null, ...facts }
    : { ok: false, failure: outcome.failure, ...facts }
}

function printOutcome(outcome: ScriptOutcome): void {
  for (const log of outcome.logs) printLine(log.level === 'log' ? log.text : `[${log.level}] ${log.text}`)
  if (outcome.ok) {
    if (outcome.value !== undefined) printLine(JSON.stringify(outcome.value, null, 2))
  } else {
    const { class: name, column, frame, line, message } = outcome.failure
    printLine(`error (${name})${line === undefined ? '' : ` at ${line}:${column ?? 1}`}: ${message}`)
    if (frame !== undefined) printLine(frame)
  }
  for (const notice of outcome.notices) printLine(`note: ${notice}`)
  const { timings } = outcome
  const failed = outcome.calls.filter(call => call.status !== 'ok').length
  printLine(
    `${outcome.calls.length} calls (${failed} not ok), at most ${timings.maxInFlight} at once, ${timings.wallMs.toFixed(1)} ms`,
  )
}
