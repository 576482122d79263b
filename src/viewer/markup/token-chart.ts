import { amountText } from '../../base/number-text.ts'
import type { Usage } from '../../contracts/model.ts'
import { html, type Markup } from '../../report/formats/html/markup.ts'
import type { TurnStory } from '../story/trial-story.ts'

const WIDTH = 1000
const HEIGHT = 110
const GAP_MAX = 6
const STEP_MAX = 56

const PARTS = [
  { key: 'cacheReadTokens', name: 'read from a cache', className: 'part-read' },
  { key: 'cacheWriteTokens', name: 'written to a cache', className: 'part-write' },
  { key: 'inputFreshTokens', name: 'fresh input', className: 'part-fresh' },
  { key: 'outputTokens', name: 'output', className: 'part-output' },
] as const

/** Tokens of each turn, input by what a cache did with it. A turn whose usage is unknown has no bar, and says so. */
export function tokenChart(turns: readonly TurnStory[]): Markup {
  const most = Math.max(0, ...turns.map(({ reply }) => totalOf(reply?.usage)))
  if (most === 0) return html`<p class="missing">No reply of this trial reported its tokens.</p>\n`
  const step = Math.min(STEP_MAX, WIDTH / turns.length)
  const width = rounded(Math.min(60, step - Math.min(GAP_MAX, step * 0.2)))
  const bars = turns.map((turn, index) => turnBar(turn, { x: rounded(index * step), width, most }))
  const legend = PARTS.map(
    ({ name, className }) =>
      html`<li><svg class="key" width="11" height="11" aria-hidden="true"><rect class="${className}" width="11" height="11" rx="2"/></svg>${name}</li>`,
  )
  const label = 'Tokens per turn'
  return html`<figure class="tokens"><figcaption>${label}; the tallest bar is ${amountText(most)}${isEstimated(turns) ? ', counted by a tokenizer' : ''}</figcaption>
<ul class="legend">${legend}</ul>
<div class="scroll" tabindex="0" role="region" aria-label="${label}"><svg viewBox="0 0 ${WIDTH} ${HEIGHT + 16}" role="group" aria-label="${label}">${bars}</svg></div></figure>\n`
}

function turnBar({ turn, reply }: TurnStory, { x, width, most }: { x: number; width: number; most: number }): Markup {
  const words = `turn ${turn}: ${usageWords(reply?.usage)}`
  let top = HEIGHT
  const rects = PARTS.map(({ key, className }) => {
    const height = ((reply?.usage?.[key] ?? 0) / most) * HEIGHT
    top -= height
    return height === 0
      ? html``
      : html`<rect class="${className}" x="${x}" y="${rounded(top)}" width="${width}" height="${rounded(height)}"/>`
  })
  const hit = html`<rect class="hit" x="${x}" y="0" width="${width}" height="${HEIGHT}"/>`
  const label =
    width < 18
      ? undefined
      : html`<text class="tick" x="${x + width / 2}" y="${HEIGHT + 13}" text-anchor="middle">${turn}</text>`
  return html`<a href="#turn-${turn}" tabindex="-1"><title>${words}</title>${hit}${rects}${label}</a>\n`
}

/** The five buckets in words; what was not reported is not 0. */
export function usageWords(usage: Usage | undefined): string {
  if (usage === undefined) return 'tokens not known'
  const { reasoningTokens, estimated } = usage
  const known = PARTS.map(({ key, name }) => `${amountText(usage[key])} ${name}`)
  const reasoning = reasoningTokens === undefined ? [] : [`of which ${amountText(reasoningTokens)} reasoning`]
  return [...known, ...reasoning, ...(estimated ? ['counted by a tokenizer'] : [])].join(', ')
}

/** The same in few words: what is 0 is left out, what is not known stays. */
export function shortUsage(usage: Usage | undefined): string {
  if (usage === undefined) return 'tokens not known'
  const told = PARTS.filter(({ key }) => usage[key] !== 0)
  const words = told.map(({ key, name }) => `${amountText(usage[key])} ${name}`).join(', ')
  return `${usage.estimated ? '≈' : ''}${words === '' ? 'no' : words} tokens`
}

function isEstimated(turns: readonly TurnStory[]): boolean {
  return turns.some(turn => turn.reply?.usage?.estimated === true)
}

function totalOf(usage: Usage | undefined): number {
  return usage === undefined ? 0 : PARTS.reduce((sum, { key }) => sum + (usage[key] ?? 0), 0)
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10
}
