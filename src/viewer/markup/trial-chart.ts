import { durationText } from '../../base/number-text.ts'
import { html, type Markup } from '../../report/formats/html/markup.ts'
import type { TrialStory } from '../story/trial-story.ts'
import { shortLine } from './text-block.ts'

const WIDTH = 1000
const ROW = 18
const LABEL = 64

interface Span {
  startMs: number
  endMs: number
  className: string
  words: string
  href: string
}

/** The whole trial over time: what the model, the scripts, the tools and the verifier took. */
export function trialChart(story: TrialStory): Markup | undefined {
  const rows = rowsOf(story).filter(({ spans }) => spans.length > 0)
  const endMs = Math.max(story.lastMs, ...rows.flatMap(({ spans }) => spans.map(span => span.endMs)))
  if (rows.length === 0 || !(endMs > 0)) return undefined
  const scale = (atMs: number) => rounded(LABEL + (Math.max(0, atMs) / endMs) * (WIDTH - LABEL))
  const height = rows.length * ROW
  const lines = rows.map(({ name, spans }, index) => {
    const y = index * ROW
    const bars = spans.map(({ startMs, endMs: end, className, words, href }) => {
      const width = Math.max(1.5, rounded(scale(end) - scale(startMs)))
      return html`<a href="${href}" tabindex="-1"><title>${words}</title><rect class="bar ${className}" x="${scale(startMs)}" y="${y + 3}" width="${width}" height="${ROW - 6}" rx="1"/></a>`
    })
    return html`<text class="tick" x="0" y="${y + 13}">${name}</text><line class="grid" x1="${LABEL}" x2="${WIDTH}" y1="${y + ROW}" y2="${y + ROW}"/>${bars}\n`
  })
  const ticks = [0, 0.25, 0.5, 0.75, 1].map(share => {
    const anchor = share === 1 ? 'end' : 'start'
    return html`<text class="tick" x="${rounded(LABEL + share * (WIDTH - LABEL))}" y="${height + 14}" text-anchor="${anchor}">${durationText(endMs * share)}</text>`
  })
  const label = 'The trial over time'
  return html`<figure class="timeline"><figcaption>${label}</figcaption>
<div class="scroll" tabindex="0" role="region" aria-label="${label}"><svg viewBox="0 0 ${WIDTH} ${height + AXIS}" role="group" aria-label="${label}: ${totals(rows)}">${lines}${ticks}</svg></div></figure>\n`
}

const AXIS = 18

function rowsOf({ turns, scripts, calls, verdicts, end, lastMs }: TrialStory): { name: string; spans: Span[] }[] {
  const model = turns.flatMap(({ turn, atMs, reply }) =>
    reply === undefined
      ? []
      : [
          {
            startMs: atMs,
            endMs: reply.atMs,
            className: 'model',
            words: `turn ${turn}: model, ${durationText(reply.atMs - atMs)}`,
            href: `#turn-${turn}`,
          },
        ],
  )
  const ran = scripts.map(({ number, startedMs, endedMs, end: ended }) => ({
    startMs: startedMs,
    endMs: endedMs ?? lastMs,
    className: ended?.failure === undefined ? 'script' : 'failed',
    words: `script ${number}, ${durationText((endedMs ?? lastMs) - startedMs)}`,
    href: `#script-${number}`,
  }))
  const called = calls.map(({ number, record, startedMs, endedMs }) => ({
    startMs: startedMs,
    endMs: endedMs,
    className: record.status === 'ok' ? record.effect : 'failed',
    words: `call ${number}, ${shortLine(record.tool, 40)}, ${durationText(endedMs - startedMs)}`,
    href: `#call-${number}`,
  }))
  const checked = verdicts.map(({ atMs, durationMs, step }) => ({
    startMs: atMs - durationMs,
    endMs: atMs,
    className: end?.outcome.kind === 'solved' ? 'good' : 'verifier',
    words: `verifier ${shortLine(step, 40)}, ${durationText(durationMs)}`,
    href: '#verifier',
  }))
  return [
    { name: 'model', spans: model },
    { name: 'scripts', spans: ran },
    { name: 'tools', spans: called },
    { name: 'verifier', spans: checked },
  ]
}

function totals(rows: readonly { name: string; spans: Span[] }[]): string {
  return rows
    .map(
      ({ name, spans }) => `${name} ${durationText(spans.reduce((sum, span) => sum + span.endMs - span.startMs, 0))}`,
    )
    .join(', ')
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10
}
