import { asObject, parsedJson } from '../../../base/json-fields.ts'
import { amountText, durationText } from '../../../base/number-text.ts'
import { html, type Markup } from '../../../report/formats/html/markup.ts'
import { counted } from '../../markup/counted.ts'
import { fold } from '../../markup/fold.ts'
import { markedText, shortLine, type TextRules, textBlock } from '../../markup/text-block.ts'
import { type ExecOutput, execOutput } from '../../story/output-pieces.ts'
import type { CallStory } from '../../story/trial-story.ts'

/** One call of the ledger: what was asked on one line; arguments, result and timing inside. */
export function callMarkup(call: CallStory, rules: TextRules): Markup {
  const { number, record } = call
  const isOk = record.status === 'ok'
  const sign = isOk ? '✓' : '✗'
  const took = durationText(record.endedAtMs - record.startedAtMs)
  const failure = record.error === undefined ? undefined : html` <span class="bad">${record.error.code}</span>`
  const title = html`<span class="number">${number}</span> <span class="${isOk ? 'good' : 'bad'}" role="img" aria-label="${record.status}">${sign}</span> <b>${shortLine(record.tool, 60)}</b> <span class="what">${argumentsLine(record.args)}</span>${failure} <span class="took">${took}</span>`
  const parts = [
    errorMarkup(call, rules),
    ...argumentsMarkup(call, rules),
    resultMarkup(call, rules),
    timesMarkup(call),
  ]
  return fold({ title, id: `call-${number}`, className: `call ${isOk ? 'ok' : 'failed'}` }, parts)
}

/** What a call is about, on one line: its command, path or pattern rather than JSON, where there is one. */
export function argumentsLine(args: CallStory['record']['args']): string {
  const { command, filePath, dirPath, pattern, patch, query } = asObject(args)
  if (Array.isArray(command))
    return shortLine(command.map(part => (typeof part === 'string' ? part : JSON.stringify(part))).join(' '))
  if (typeof patch === 'string')
    return shortLine(
      [...patch.matchAll(/^\*\*\* (?:Add|Update|Delete) File: (.*)$/gm)].map(match => match[1]).join(', '),
    )
  const [first] = [filePath, dirPath, pattern, query].filter(value => typeof value === 'string')
  return shortLine(first ?? JSON.stringify(args ?? null))
}

function errorMarkup({ record }: CallStory, rules: TextRules): Markup {
  if (record.error === undefined) return html``
  return html`<p class="ended bad">${record.error.code}: <span class="message">${markedText(record.error.message, rules)}</span></p>`
}

function argumentsMarkup({ record }: CallStory, rules: TextRules): Markup[] {
  const { patch, ...rest } = asObject(record.args)
  const isPatch = typeof patch === 'string'
  const hasMore = !isPatch || Object.keys(rest).length > 0
  return [
    html`<p class="of">arguments</p>`,
    ...(hasMore ? [textBlock(JSON.stringify(isPatch ? rest : (record.args ?? null), null, 2), rules)] : []),
    ...(isPatch ? [textBlock(patch, rules)] : []),
  ]
}

function resultMarkup(call: CallStory, rules: TextRules): Markup {
  const { record, result } = call
  const output = execOutput(record, result)
  if (output !== undefined)
    return html`<p class="of">output as it came</p>${traceMarkup(call)}${outputMarkup(output, rules)}${exitMarkup(call)}`
  if (result === undefined) {
    if (record.error !== undefined) return html``
    return html`<p class="missing">The log has the size of this result (${amountText(record.resultBytes)} bytes), but not its text.</p>`
  }
  if (result.kind === 'text')
    return html`<p class="of">result, as the model was shown it</p>${textBlock(result.text, rules)}`
  const value = parsedJson(result.json)
  const pretty = value === undefined ? result.json : JSON.stringify(value, null, 2)
  return html`<p class="of">result, as the script got it</p>${textBlock(pretty, rules)}`
}

function exitMarkup({ result }: CallStory): Markup {
  if (result === undefined) return html``
  const code =
    result.kind === 'text' ? /^Exit code: (-?\d+)/.exec(result.text)?.[1] : asObject(parsedJson(result.json)).exitCode
  return code === undefined ? html`` : html`<p class="exit">exit code ${String(code)}</p>`
}

function outputMarkup(output: ExecOutput, rules: TextRules): Markup {
  if (output.kind === 'whole')
    return html`<p class="note">${output.text === '' ? 'Nothing was printed.' : output.why}</p>${output.text === '' ? undefined : textBlock(output.text, rules)}`
  if (output.kind === 'streams') {
    const streams = (['stdout', 'stderr'] as const).filter(name => output[name] !== '')
    return html`<p class="note">${output.why}</p>${streams.map(name => html`<p class="of">${name}</p>${textBlock(output[name], rules, name)}`)}`
  }
  if (output.pieces.length === 0) return html`<p class="note">Nothing was printed.</p>`
  const items = output.pieces.map(({ stream, atMs, text }) => {
    return html`<li><span class="when">${durationText(atMs)}</span><span class="stream ${stream}">${stream}</span><pre>${markedText(text, rules)}</pre></li>`
  })
  return html`<ol class="pieces">${items}</ol>`
}

function traceMarkup({ record }: CallStory): Markup | undefined {
  const deltas = record.facts.output?.deltas
  if (deltas === undefined) return undefined
  return html`<p class="note">${counted(deltas.stdout, 'piece')} on stdout, ${deltas.stderr} on stderr</p>`
}

function timesMarkup({ record }: CallStory): Markup {
  const { approval, approvalMs, effect, facts, resultBytes, textBytes } = record
  const parts = [
    effect,
    `queued ${durationText(record.startedAtMs - record.queuedAtMs)}`,
    `ran ${durationText(record.endedAtMs - record.startedAtMs)}`,
    ...(facts.osSandboxMs === undefined ? [] : [`OS sandbox ≈${durationText(facts.osSandboxMs)}`]),
    ...(approval === undefined ? [] : [`approval ${approval} after ${durationText(approvalMs)}`]),
    `result ${amountText(resultBytes)} bytes, as text ${amountText(textBytes)}`,
    ...(facts.compound === true ? ['a shell program of several commands'] : []),
    ...(facts.wrote === undefined ? [] : [`wrote ${facts.wrote.map(path => shortLine(path, 80)).join(', ')}`]),
  ]
  return html`<p class="times">${parts.join(' · ')}</p>`
}
