import { EXIT } from '../../contracts/exit-codes.ts'
import type { ScriptOutcome, TypeProblem } from '../../contracts/script.ts'
import { runScriptFile } from '../../run/single/run-script-file.ts'
import type { Action } from '../options/command-table.ts'
import { abortOnInterrupt } from '../terminal/interrupt.ts'
import { printJson, printLine } from '../terminal/print.ts'

export const script: Action<'script'> = async (
  { file },
  { workspace, sandbox = 'auto', limits = {}, typeCheck, json },
) => {
  const interrupt = abortOnInterrupt()
  const { signal } = interrupt
  const { facts, outcome, problems } = await runScriptFile({ file, workspace, sandbox, limits, typeCheck, signal })
  interrupt.release()
  if (json) printJson({ ...asJson(outcome), ...(facts && { typeCheck: facts }) })
  else printOutcome(outcome, problems)
  if (interrupt.wasInterrupted()) process.exitCode = EXIT.interrupted
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
    `${outcome.calls.length} calls (${failed} not ok), at most ${timings.maxInFlight} at the same time, ${timings.wallMs.toFixed(1)} ms`,
  )
}
