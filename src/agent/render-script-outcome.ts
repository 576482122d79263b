import type { ScriptCall, ScriptFailure, ScriptOutcome } from '../contracts/script.ts'

/** The observation of one script: what it returned and logged, or why it failed and what it had already done. */
export function renderScriptOutcome(outcome: ScriptOutcome): string {
  const parts = outcome.ok ? [returned(outcome.value)] : [failed(outcome.failure), callsSoFar(outcome.calls)]
  if (outcome.logs.length > 0) {
    parts.push(
      ['logs:', ...outcome.logs.map(log => (log.level === 'log' ? log.text : `[${log.level}] ${log.text}`))].join('\n'),
    )
  }
  if (outcome.logsDropped > 0) parts.push(`(${outcome.logsDropped} further log lines dropped)`)
  parts.push(...outcome.notices.map(notice => `note: ${notice}`))
  return `<tool-results>\n${parts.filter(part => part !== '').join('\n')}\n</tool-results>`
}

function returned(value: unknown): string {
  return value === undefined ? '' : `returned:\n${typeof value === 'string' ? value : JSON.stringify(value, null, 1)}`
}

function failed(failure: ScriptFailure): string {
  const place = failure.line === undefined ? '' : ` at line ${failure.line}, column ${failure.column ?? 1}`
  const frame = failure.frame === undefined ? '' : `\n${failure.frame}`
  return `error (${failure.class})${place}: ${failure.message}${frame}`
}

/** A failed script is not rolled back, so the model must know which effects stand. */
function callsSoFar(calls: readonly ScriptCall[]): string {
  if (calls.length === 0) return 'No tool call had run.'
  const count = (status: ScriptCall['status']) => calls.filter(call => call.status === status).length
  const writes = calls.filter(call => call.effect === 'write' && call.status === 'ok')
  const summary = `Calls before the failure: ${count('ok')} ok, ${count('failed')} failed, ${count('cancelled')} cancelled. Nothing is rolled back.`
  if (writes.length === 0) return summary
  const shown = writes.slice(0, 10).map(call => `- ${call.tool} ${shorten(JSON.stringify(call.args))}`)
  const more = writes.length > shown.length ? [`- and ${writes.length - shown.length} more`] : []
  return [`${summary} Already done:`, ...shown, ...more].join('\n')
}

function shorten(text: string): string {
  return text.length <= 120 ? text : `${text.slice(0, 119)}…`
}
