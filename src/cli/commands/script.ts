import { type Command, InvalidArgumentError, Option } from 'commander'
import { type Arm, BUILT_IN_FACTORS } from '../../contracts/arm.ts'
import { EXIT } from '../../contracts/exit-codes.ts'
import {
  SCRIPT_LIMITS_DEFAULT,
  type ScriptLimits,
  type ScriptOutcome,
  type TypeProblem,
} from '../../contracts/script.ts'
import { runScriptFile } from '../../run/single/run-script-file.ts'
import { OPTIONS } from '../options.ts'
import { abortOnInterrupt } from '../terminal/interrupt.ts'
import { printJson, printLine } from '../terminal/print.ts'

interface ScriptFlags {
  workspace: string
  sandbox?: 'auto' | 'bubblewrap' | 'none'
  limits?: Partial<ScriptLimits>
  typeCheck: Arm['typeCheck']
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
    .addOption(
      new Option('--type-check <level>', "check the calls of tools with TypeScript's own checker first")
        .choices(BUILT_IN_FACTORS.typeCheck)
        .default('off'),
    )
    .addOption(OPTIONS.json())
    .addHelpText(
      'after',
      '\nExample:\n  scriptbench script count.ts --workspace . --limits wallTimeMs=5000,toolCallsMax=50',
    )
    .action(async (file: string, { workspace, sandbox = 'auto', limits = {}, typeCheck, json }: ScriptFlags) => {
      const interrupt = abortOnInterrupt()
      const { signal } = interrupt
      const { facts, outcome, problems } = await runScriptFile({ file, workspace, sandbox, limits, typeCheck, signal })
      interrupt.release()
      if (json) printJson({ ...asJson(outcome), ...(facts && { typeCheck: facts }) })
      else printOutcome(outcome, problems)
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

function printOutcome(outcome: ScriptOutcome, problems: readonly TypeProblem[]): void {
  for (const { line, column, message, frame } of problems)
    printLine(`type problem at ${line}:${column}: ${message}\n${frame}`)
  for (const log of outcome.logs) printLine(log.level === 'log' ? log.text : `[${log.level}] ${log.text}`)
  if (outcome.ok) {
    if (outcome.value !== undefined) printLine(JSON.stringify(outcome.value, null, 2))
  } else {
    const { class: name, column, frame, line, message } = outcome.failure
    if (name === 'type') printLine('The program did not run.')
    else printLine(`error (${name})${line === undefined ? '' : ` at ${line}:${column ?? 1}`}: ${message}`)
    if (frame !== undefined && name !== 'type') printLine(frame)
  }
  for (const notice of outcome.notices) printLine(`note: ${notice}`)
  const { timings } = outcome
  const failed = outcome.calls.filter(call => call.status !== 'ok').length
  printLine(
    `${outcome.calls.length} calls (${failed} not ok), at most ${timings.maxInFlight} at once, ${timings.wallMs.toFixed(1)} ms`,
  )
}
