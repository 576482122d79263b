import type { ScriptCall, ScriptFailure, ScriptOutcome, TypeProblem } from '../contracts/script.ts'

const PROBLEMS_SHOWN_MAX = 5

/**
 * The observation of one script: what it returned and logged, or why it failed and what it had already done; then the
 * problems that the type check found.
 */
export function renderScriptOutcome(outcome: ScriptOutcome, problems: readonly TypeProblem[] = []): string {
  const parts = outcome.ok ? [returned(outcome.value)] : [failed(outcome.failure), callsSoFar(outcome)]
  if (outcome.logs.length > 0) {
    parts.push(
      ['logs:', ...outcome.logs.map(log => (log.level === 'log' ? log.text : `[${log.level}] ${log.text}`))].join('\n'),
    )
  }
  if (outcome.logsDropped > 0) parts.push(`(${outcome.logsDropped} further log lines dropped)`)
  parts.push(...outcome.notices.map(notice => `note: ${notice}`))
  parts.push(...typeProblems(outcome, problems))
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

/** A script that was not started because of its problems reports the first one as its failure. */
function typeProblems(outcome: ScriptOutcome, problems: readonly TypeProblem[]): string[] {
  const isBlocked = !outcome.ok && outcome.failure.class === 'type'
  const shown = problems
    .slice(isBlocked ? 1 : 0, PROBLEMS_SHOWN_MAX)
    .map(({ line, column, message, frame }) => `line ${line}, column ${column}: ${message}\n${frame}`)
  if (shown.length === 0) return []
  const more = problems.length - PROBLEMS_SHOWN_MAX
  return [
    isBlocked ? 'Further type problems:' : 'Type problems (the program ran all the same):',
    ...shown,
    more > 0 ? `(${more} more)` : '',
  ]
}

/** A failed script is not rolled back, so the model must know which effects remain. */
function callsSoFar({ calls, failure }: ScriptOutcome & { ok: false }): string {
  if (failure.class === 'type') return 'The program did not run.'
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
