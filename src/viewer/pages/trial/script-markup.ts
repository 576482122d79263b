import { defined } from '../../../base/defined.ts'
import { amountText, durationText, grouped } from '../../../base/number-text.ts'
import { html, type Markup } from '../../../report/formats/html/markup.ts'
import { counted } from '../../markup/counted.ts'
import { fold } from '../../markup/fold.ts'
import { codeBlock, markedText, type TextRules } from '../../markup/text-block.ts'
import type { ScriptStory } from '../../story/trial-story.ts'

/** A script, with its failure leading to the line, and what it logged. */
export function scriptMarkup(script: ScriptStory, rules: TextRules): Markup {
  const { number, source, end, calls } = script
  const failedLine = end?.failure?.line
  const code =
    source === undefined
      ? html`<p class="missing">The source of this script is not in the log.</p>`
      : codeBlock(source, rules, {
          idPrefix: `script-${number}`,
          ...defined({ failedLine }),
        })
  const lines = source === undefined ? '' : `${counted(source.replace(/\n$/, '').split('\n').length, 'line')}, `
  const head = html`<a href="#script-${number}">Script ${number}</a> <span class="about">${lines}${counted(calls.length, 'call')}${tookWords(script)}</span>`
  return html`<section class="script" id="script-${number}"><h4>${head}</h4>
${code}${endMarkup(script, rules)}${logsMarkup(script, rules)}${timingsMarkup(script)}</section>\n`
}

function tookWords({ end }: ScriptStory): string {
  return end === undefined ? '' : `, ${durationText(end.timings.wallMs)}`
}

function endMarkup({ number, end, source }: ScriptStory, rules: TextRules): Markup {
  if (end === undefined) return html`<p class="missing">The log breaks off inside this script.</p>`
  const notices = [...end.notices, ...typeWords(end.typeCheck)].map(
    notice => html`<li>${markedText(notice, rules)}</li>`,
  )
  const notes = notices.length === 0 ? undefined : html`<ul class="notes">${notices}</ul>`
  const { failure } = end
  if (failure === undefined) {
    const returned =
      end.valueBytes === undefined ? 'returned nothing' : `returned ${amountText(end.valueBytes)} bytes of JSON`
    return html`<p class="ended good"><span aria-hidden="true">✓</span> ${returned}</p>${notes}`
  }
  const isInside = failure.line !== undefined && source !== undefined && failure.line <= source.split('\n').length
  const place =
    failure.line === undefined
      ? ''
      : `line ${failure.line}${failure.column === undefined ? '' : `, column ${failure.column}`}`
  const link = isInside
    ? html` at <a href="#script-${number}-line-${failure.line}">${place}</a>`
    : place === ''
      ? undefined
      : html` at ${place}`
  return html`<p class="ended bad"><span aria-hidden="true">✗</span> ${failure.class}${link}: <span class="message">${markedText(failure.message, rules)}</span></p>${notes}`
}

function typeWords(facts: NonNullable<ScriptStory['end']>['typeCheck']): string[] {
  if (facts === undefined) return []
  if ('unavailable' in facts) return [`types unchecked: ${facts.unavailable}`]
  return facts.problems.map(({ line, column, message }) => `type problem at ${line}:${column}: ${message}`)
}

function logsMarkup({ logs, end }: ScriptStory, rules: TextRules): Markup | undefined {
  if (logs.length === 0) return undefined
  const dropped = end === undefined || end.logsDropped === 0 ? '' : `, ${grouped(end.logsDropped)} further ones dropped`
  const lines = logs.map(({ level, text, atMs }) => {
    return html`<li><span class="when">${durationText(atMs)}</span><span class="stream ${level}">${level}</span><pre>${markedText(text, rules)}</pre></li>`
  })
  return fold(
    { title: 'Console', about: `${counted(logs.length, 'line')}${dropped}` },
    html`<ol class="pieces">${lines}</ol>`,
  )
}

function timingsMarkup({ end }: ScriptStory): Markup | undefined {
  if (end === undefined) return undefined
  const { timings, memoryPeakBytes, cacheHit } = end
  const facts: [string, string][] = [
    ['strip types', durationText(timings.stripMs)],
    ['start', durationText(timings.startMs)],
    ['guest CPU', durationText(timings.guestCpuMs)],
    ['bridge', durationText(timings.bridgeMs)],
    ['freeze', durationText(timings.freezeMs)],
    ['teardown', durationText(timings.teardownMs)],
    ['waited for tools', durationText(timings.toolWaitMs)],
    ['waited for approvals', durationText(timings.approvalMs)],
    ['waited for own timers', durationText(timings.timerWaitMs)],
    ['calls at the same time, at most', String(timings.maxInFlight)],
    ['memory, at most', memoryPeakBytes === undefined ? '–' : `${amountText(memoryPeakBytes)} bytes`],
    ['prepared before', cacheHit === undefined ? '–' : cacheHit ? 'yes' : 'no'],
  ]
  return fold(
    { title: 'Where its time went' },
    html`<dl class="facts">${facts.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`,
  )
}
