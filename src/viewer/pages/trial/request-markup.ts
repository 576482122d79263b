import { amountText, grouped } from '../../../base/number-text.ts'
import { html, type Markup } from '../../../report/formats/html/markup.ts'
import { counted } from '../../markup/counted.ts'
import { fold } from '../../markup/fold.ts'
import { type TextRules, textBlock } from '../../markup/text-block.ts'
import type { StoredPart } from '../../story/request-story.ts'
import type { TurnStory } from '../../story/trial-story.ts'
import { hasCopy, isPrompt, isReply, messageMarkup } from './message-markup.ts'

/** What was sent: preamble and tools, once where they stay the same; what was carried on; what is new. */
export function requestMarkup({ turn, request }: TurnStory, before: TurnStory | undefined, rules: TextRules): Markup {
  const { event, carried, changed, fresh } = request
  const { contextTokens, bytes, reinjectedCopies, reinjectedTokens, promptDistanceTokens } = event
  const copies =
    reinjectedCopies === 0
      ? ''
      : `, ${reinjectedCopies} prompt ${reinjectedCopies === 1 ? 'copy' : 'copies'} of ≈${amountText(reinjectedTokens)} tokens`
  const about = `≈${amountText(contextTokens)} tokens, ${amountText(bytes)} bytes${copies}, prompt ${amountText(promptDistanceTokens)} tokens away`
  const news = fresh.filter(message => !isReply(message))
  const parts = [
    preambleMarkup(turn, request.system, rules),
    toolsMarkup(turn, request.tools, rules),
    html`<p class="carried">${counted(carried, 'message')} as in the request before, byte for byte.</p>`,
    ...(changed.length === 0 ? [] : [changedMarkup(changed, rules)]),
    ...news.map(message => newMarkup(message, before)),
  ]
  return fold({ title: 'Request', about, className: 'request' }, parts)
}

/** What is new is elsewhere on the page already: a prompt right above its turn, an observation with its actions. */
function newMarkup(message: TurnStory['request']['fresh'][number], before: TurnStory | undefined): Markup {
  const copy = hasCopy(message) ? html` <span class="chip">with a prompt copy</span>` : undefined
  if (isPrompt(message) || before === undefined)
    return html`<p class="carried">New: the user’s prompt, above.${copy}</p>`
  return html`<p class="carried">New: <a href="#observation-${before.turn}">the observation of turn ${before.turn}</a>.${copy}</p>`
}

function changedMarkup(changed: TurnStory['request']['changed'], rules: TextRules): Markup {
  const why = changed.some(hasCopy) ? 'they contain a copy of the prompt' : 'a cached prefix ends here'
  const title = `Changed since the request before: ${counted(changed.length, 'message')}`
  return fold(
    { title, about: why, className: 'request-part' },
    changed.map(message => messageMarkup(message, rules)),
  )
}

function preambleMarkup(turn: number, { value, isKnown }: StoredPart, rules: TextRules): Markup {
  if (isKnown) return html`<p class="carried">Preamble: as before.</p>`
  const text = typeof value === 'string' ? value : ''
  if (value === undefined) return html`<p class="missing">The preamble is not in the log.</p>`
  return fold(
    {
      title: 'Preamble',
      about: `${grouped(text.length)} characters`,
      id: `preamble-${turn}`,
      className: 'request-part',
    },
    textBlock(text, rules),
  )
}

function toolsMarkup(turn: number, { value, isKnown }: StoredPart, rules: TextRules): Markup {
  if (isKnown) return html`<p class="carried">Tool definitions: as before.</p>`
  if (value === undefined) return html`<p class="missing">The tool definitions are not in the log.</p>`
  const count = Array.isArray(value) ? value.length : 0
  return fold(
    {
      title: 'Tool definitions',
      about: `${counted(count, 'tool')} on the wire`,
      id: `tools-${turn}`,
      className: 'request-part',
    },
    textBlock(JSON.stringify(value, null, 2), rules),
  )
}
