import { budgetBytes, type OutputBudget, tokenCount, truncateMiddle } from '../truncate-middle.ts'
import type { ExecOutput } from './exec-schema.ts'
import { truncateOutput } from './truncate-output.ts'

/** What a model of one release of Codex is shown of a command's result. */
export type ModelTextRules =
  /** `text`: for models with the freeform patch tool. */
  | { profile: '0.55'; form: 'json' | 'text' }
  /** `outputTokensMax` as the call asks for; it can only lower the model's `budget`. */
  | { profile: '0.169'; chunkId: string; budget?: OutputBudget; outputTokensMax?: number }

const BUDGET_DEFAULT: OutputBudget = { unit: 'tokens', limit: 10_000 }
/** How much of a whole text the history keeps, in addition to the limit of one output. */
const HISTORY_FACTOR = 1.2

export function modelText(output: ExecOutput, rules: ModelTextRules): string {
  if (rules.profile === '0.169') return textOf169(output, rules)
  const json = truncateOutput(jsonOf055(output))
  return rules.form === 'json' ? json : textFromJson(json)
}

/** The body of a result in 0.55, also shown by displays: capped once. */
export function formattedOutput(output: ExecOutput): string {
  const notice = output.timedOut ? `command timed out after ${Math.round(output.durationMs)} milliseconds\n` : ''
  return truncateOutput(notice + output.aggregatedOutput)
}

function jsonOf055(output: ExecOutput): string {
  const seconds = (Math.round(output.durationMs / 100) / 10).toFixed(1)
  return `{"output":${JSON.stringify(formattedOutput(output))},"metadata":{"exit_code":${output.exitCode},"duration_seconds":${seconds}}}`
}

/** A result as text; what the cap has left of longer ones is not valid JSON any more and stays as it is. */
function textFromJson(json: string): string {
  try {
    const { output, metadata } = JSON.parse(json)
    return textForm({ body: output, exitCode: metadata.exit_code, seconds: metadata.duration_seconds })
  } catch {
    return json
  }
}

/** 0.55's text form, with a capped body's count of lines in the header. */
export function textForm({ body, exitCode, seconds }: { body: string; exitCode: number; seconds: number }): string {
  const total = omittedOf(body)
  const lines = total === undefined ? '' : `Total output lines: ${total}\n`
  const bare = total === undefined ? body : body.replace(/^Total output lines: [^\n]*\n\n?/, '')
  return `Exit code: ${exitCode}\nWall time: ${seconds} seconds\n${lines}Output:\n${bare}`
}

const OMITTED = '[... omitted '

/** The count of lines as the first marker of lines left out has it, be it the cap's or the program's own. */
function omittedOf(body: string): number | undefined {
  const start = body.indexOf(OMITTED)
  const of = start === -1 ? -1 : body.indexOf(' of ', start)
  if (of === -1) return undefined
  const digits = /^\+?(\d+) /.exec(body.slice(of + ' of '.length))?.[1]
  const total = Number(digits)
  return digits === undefined || total >= 2 ** 32 ? undefined : total
}

function textOf169(
  output: ExecOutput,
  { chunkId, budget = BUDGET_DEFAULT, outputTokensMax }: Extract<ModelTextRules, { profile: '0.169' }>,
): string {
  const asked: OutputBudget | undefined =
    outputTokensMax === undefined ? undefined : { unit: 'tokens', limit: outputTokensMax }
  const smaller = asked !== undefined && budgetBytes(asked) < budgetBytes(budget) ? asked : budget
  const text = output.aggregatedOutput
  const tokens = tokenCount(Buffer.byteLength(text))
  const isCut = Buffer.byteLength(text) > budgetBytes(smaller)
  const warning = `Warning: truncated output (original token count: ${tokens})\nTotal output lines: ${lineCount(text)}\n\n`
  const whole = [
    `Chunk ID: ${chunkId}`,
    `Wall time: ${(output.durationMs / 1000).toFixed(4)} seconds`,
    `Process exited with code ${output.exitCode}`,
    `Original token count: ${tokens}`,
    'Output:',
    (isCut ? warning : '') + truncateMiddle(text, smaller),
  ].join('\n')
  return truncateMiddle(whole, { ...budget, limit: Math.ceil(budget.limit * HISTORY_FACTOR) })
}

/** A last line without its end counts. */
function lineCount(text: string): number {
  return text === '' ? 0 : text.replace(/\n$/, '').split('\n').length
}
