import { durationText } from '../../base/number-text.ts'
import { html, type Markup } from '../../report/formats/html/markup.ts'
import type { CallStory } from '../story/trial-story.ts'
import { counted } from './counted.ts'
import { shortLine } from './text-block.ts'

const WIDTH = 1000
const LANE = 20
const AXIS = 18
/** Wider bars have room for the tool's name; a character takes about so much. */
const CHARACTER_WIDTH = 6.6

/** Calls over time, in as few lanes as their overlaps need. Each bar leads to its call. */
export function callTimeline(calls: readonly CallStory[], label: string): Markup | undefined {
  if (calls.length < 2) return undefined
  const startMs = Math.min(...calls.map(call => call.queuedMs))
  const spanMs = Math.max(...calls.map(call => call.endedMs)) - startMs
  if (!(spanMs > 0)) return undefined
  const scale = (atMs: number) => rounded(((atMs - startMs) / spanMs) * WIDTH)
  const lanes = lanesOf(calls)
  const count = Math.max(...lanes) + 1
  const height = count * LANE + AXIS
  const bars = calls.map((call, index) => callBar(call, (lanes[index] as number) * LANE, scale))
  return html`<figure class="timeline"><figcaption>${label}: ${durationText(spanMs)}, ${counted(count, 'lane')}</figcaption>
<div class="scroll" tabindex="0" role="region" aria-label="${label}"><svg viewBox="0 0 ${WIDTH} ${height}" role="group" aria-label="${label}">${gridOf(spanMs, count * LANE)}${bars}</svg></div></figure>\n`
}

function callBar(call: CallStory, y: number, scale: (atMs: number) => number): Markup {
  const { record, number } = call
  const [queued, started, ended] = [scale(call.queuedMs), scale(call.startedMs), scale(call.endedMs)]
  const width = Math.max(3, rounded(ended - started))
  const name = shortLine(record.tool, 40)
  const words = `call ${number}, ${name}, ${record.status}, ${durationText(record.endedAtMs - record.startedAtMs)}`
  const hasRoom = width > (name.length + 2) * CHARACTER_WIDTH
  const text = hasRoom ? html`<text x="${started + 5}" y="${y + 13.5}">${name}</text>` : undefined
  const wait =
    started - queued < 1
      ? undefined
      : html`<rect class="queued" x="${queued}" y="${y + 8}" width="${rounded(started - queued)}" height="3"/>`
  return html`<a href="#call-${number}" aria-label="${words}"><title>${words}</title>${wait}<rect class="bar ${record.status === 'ok' ? record.effect : 'failed'}" x="${started}" y="${y + 2}" width="${width}" height="${LANE - 4}" rx="2"/>${text}</a>\n`
}

function gridOf(spanMs: number, height: number): Markup[] {
  return [0, 0.25, 0.5, 0.75, 1].map(share => {
    const x = share * WIDTH
    const anchor = share === 0 ? 'start' : share === 1 ? 'end' : 'middle'
    return html`<line class="grid" x1="${x}" x2="${x}" y1="0" y2="${height}"/><text class="tick" x="${x}" y="${height + 13}" text-anchor="${anchor}">${durationText(spanMs * share)}</text>`
  })
}

/** For each call the first lane that is free when it is queued. */
function lanesOf(calls: readonly CallStory[]): number[] {
  const freeFromMs: number[] = []
  const lanes = new Map<CallStory, number>()
  for (const call of [...calls].sort((left, right) => left.queuedMs - right.queuedMs)) {
    const free = freeFromMs.findIndex(fromMs => fromMs <= call.queuedMs)
    const lane = free === -1 ? freeFromMs.length : free
    freeFromMs[lane] = call.endedMs
    lanes.set(call, lane)
  }
  return calls.map(call => lanes.get(call) ?? 0)
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10
}
