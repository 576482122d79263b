import { asList, asObject, asText } from '../../../base/json-fields.ts'
import { amountText, durationText } from '../../../base/number-text.ts'
import type { JsonValue } from '../../../contracts/json.ts'
import { html, type Markup } from '../../../report/formats/html/markup.ts'
import { counted } from '../../markup/counted.ts'
import { fold } from '../../markup/fold.ts'
import { markedText, type TextRules, textBlock } from '../../markup/text-block.ts'
import { callTimeline } from '../../markup/timeline.ts'
import { shortUsage } from '../../markup/token-chart.ts'
import type { TurnStory } from '../../story/trial-story.ts'
import { callMarkup } from './call-markup.ts'
import { hasCopy, isPrompt, isReply, messageMarkup } from './message-markup.ts'
import { requestMarkup } from './request-markup.ts'
import { scriptMarkup } from './script-markup.ts'

interface Neighbours {
  before: TurnStory | undefined
  next: TurnStory | undefined
}

/** One turn: what was sent, what the model said and did, what came of it. `next` has what the model was then shown. */
export function turnMarkup(story: TurnStory, { before, next }: Neighbours, rules: TextRules): Markup {
  const { turn, prompts, scripts, calls } = story
  const scripted = scripts.map(
    script =>
      html`${scriptMarkup(script, rules)}${ledgerMarkup(script.calls, `Calls of script ${script.number}`, rules)}`,
  )
  return html`${prompts.map(prompt => promptMarkup(prompt, rules))}<section class="turn" id="turn-${turn}" data-item aria-labelledby="turn-${turn}-title">
<h3 id="turn-${turn}-title"><a href="#turn-${turn}">Turn ${turn}</a> <span class="about">${turnWords(story)}</span></h3>
${requestMarkup(story, before, rules)}${attemptsMarkup(story, rules)}${replyMarkup(story, rules)}${problemsMarkup(story, rules)}${scripted}${ledgerMarkup(calls, `Calls of turn ${turn}`, rules)}${observationMarkup(story, next, rules)}</section>
`
}

function promptMarkup({ step, message }: TurnStory['prompts'][number], rules: TextRules): Markup {
  return html`<section class="prompt" data-item aria-label="The user: ${step}"><h3>User <span class="about">${step}</span></h3>${messageMarkup(message, rules)}</section>\n`
}

function turnWords({ reply, scripts, calls }: TurnStory): string {
  if (reply === undefined) return 'no reply in the log'
  const count = calls.length + scripts.reduce((sum, script) => sum + script.calls.length, 0)
  const called = count === 0 ? [] : [counted(count, 'call')]
  return [durationText(reply.latencyMs), shortUsage(reply.usage), ...called].join(' · ')
}

function attemptsMarkup({ attempts }: TurnStory, rules: TextRules): Markup[] {
  return attempts.flatMap(({ attempt, failure, backoffMs }) => {
    if (failure === undefined) return []
    const wait = backoffMs === undefined ? '' : `; waited ${durationText(backoffMs)}`
    return [
      html`<p class="ended bad">try ${attempt} failed (${failure.class}): <span class="message">${markedText(failure.message, rules)}</span>${wait}</p>`,
    ]
  })
}

function replyMarkup({ reply, scripts }: TurnStory, rules: TextRules): Markup {
  if (reply === undefined) return html`<p class="missing">The log has no reply to this request.</p>`
  const failure =
    reply.failure === undefined
      ? undefined
      : html`<p class="ended bad">${reply.failure.class}: <span class="message">${markedText(reply.failure.message, rules)}</span></p>`
  const facts = [
    ...(reply.servedModel === undefined ? [] : [`served by ${reply.servedModel}`]),
    ...(reply.reasoningCarried === undefined
      ? []
      : [reply.reasoningCarried ? 'earlier reasoning went back' : 'earlier reasoning did not go back']),
  ]
  const about = facts.length === 0 ? undefined : html`<span class="about">${facts.join(' · ')}</span>`
  if (reply.message === undefined) return html`${failure}`
  const { text, calls } = partsOf(reply.said)
  // A script in the text is shown below with its lines; the text is shown once more only on demand.
  const isScript = scripts.some(
    script => script.source !== undefined && script.source.trim() !== '' && text.includes(script.source.trim()),
  )
  const said = text === '' || isScript ? undefined : textBlock(text, rules, 'said')
  const raw =
    calls === 0 && !isScript
      ? undefined
      : fold(
          {
            title: 'Reply as written',
            about: calls === 0 ? '' : counted(calls, 'tool call'),
          },
          messageMarkup(reply.said, rules),
        )
  const label = said === undefined && about === undefined ? undefined : html`<p class="of">model ${about}</p>`
  const silent = text === '' && calls === 0 ? html`<p class="missing">An empty reply.</p>` : undefined
  return html`<div class="reply">${label}${said}${silent}${raw}</div>${failure}`
}

function partsOf(said: JsonValue | undefined): { text: string; calls: number } {
  const message = asObject(said)
  return { text: asText(message.text), calls: asList(message.toolCalls).length }
}

function problemsMarkup({ protocolErrors, repairs, refused }: TurnStory, rules: TextRules): Markup[] {
  return [
    ...protocolErrors.map(
      error =>
        html`<p class="ended bad">protocol error (${error.class}): <span class="message">${markedText(error.message, rules)}</span></p>`,
    ),
    ...repairs.map(
      repair => html`<p class="ended">repaired: <span class="message">${markedText(repair, rules)}</span></p>`,
    ),
    ...refused.map(({ tool }) => html`<p class="ended">not executed: ${tool} (one call per turn)</p>`),
  ]
}

function ledgerMarkup(calls: TurnStory['calls'], label: string, rules: TextRules): Markup {
  if (calls.length === 0) return html``
  const ordered = [...calls].sort((left, right) => left.number - right.number)
  return html`<section class="ledger" aria-label="${label}">${callTimeline(ordered, label)}${ordered.map(call => callMarkup(call, rules))}</section>\n`
}

/** The observation is in the next request; a last one that was never sent is in no request. */
function observationMarkup({ turn, observation }: TurnStory, next: TurnStory | undefined, rules: TextRules): Markup {
  const shown = (next?.request.fresh ?? []).filter(message => !isReply(message) && !isPrompt(message))
  if (observation === undefined && shown.length === 0) return html``
  const cut =
    observation === undefined || observation.tokensCut === 0
      ? ''
      : `, ${amountText(observation.tokensCut)} tokens cut${observation.spilledTo === undefined ? '' : `, whole in ${observation.spilledTo}`}`
  const size = observation === undefined ? '' : `≈${amountText(observation.tokens)} tokens${cut}`
  const copy = shown.some(hasCopy) ? ', with a prompt copy' : ''
  if (shown.length === 0)
    return html`<p class="missing">Observation of ${size}: no later request of the log shows it.</p>`
  return fold(
    { title: 'Observation', about: size + copy, id: `observation-${turn}`, className: 'observation' },
    shown.map(message => messageMarkup(message, rules)),
  )
}
