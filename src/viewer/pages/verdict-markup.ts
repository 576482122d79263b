import type { Comparison, ContrastResult } from '../../report/comparison/comparison.ts'
import { html, type Markup } from '../../report/formats/html/markup.ts'
import { estimateText } from '../../report/judging/figure-text.ts'
import { verdictText, verdictTone } from '../../report/judging/verdicts.ts'
import type { RunComparison, RunState } from '../library/run-store.ts'
import { shortLine } from '../markup/text-block.ts'

/** The result that decides, of each scope: the real models first. */
function primaryResults({ scopes }: Comparison): { scope: Comparison['scopes'][number]; result: ContrastResult }[] {
  return scopes.flatMap(scope => {
    const result = scope.contrasts.find(contrast => contrast.role === 'primary')
    return result === undefined ? [] : [{ scope, result }]
  })
}

/** The verdict of the primary contrast on a line, or why there is none. */
export function verdictLine(comparison: RunComparison, state: RunState): Markup {
  if (comparison.kind === 'none') return html`<span class="about">${comparison.why}</span>`
  if (comparison.kind === 'waiting')
    return html`<span class="about">${state === 'going-on' ? 'compared when the run has ended' : 'being compared …'}</span>`
  const [first] = primaryResults(comparison.comparison)
  if (first === undefined) return html`<span class="about">no primary contrast</span>`
  return html`${verdictMark(first.result)} <span class="about">${shortLine(first.result.contrast, 120)}, ${first.result.metric}: ${estimateText(first.result) ?? 'too little data'}</span>`
}

/** A verdict, or why there is none, coloured by what it means. */
function verdictMark(result: ContrastResult): Markup {
  const tone = verdictTone(result)
  const colour = tone === undefined ? '' : ` word-${tone === 'good' ? 'better' : 'worse'}`
  return html`<span class="word${colour}">${verdictText(result)}</span>`
}

/** The primary contrast in its own sentence, with the way to all others. */
export function verdictBlock(comparison: RunComparison, state: RunState): Markup {
  const link = html`<a href="compare.html">All contrasts</a>`
  if (comparison.kind !== 'compared') return html`<p class="verdict">${verdictLine(comparison, state)} ${link}</p>\n`
  const sentences = primaryResults(comparison.comparison).map(({ scope, result }) => {
    return html`<li>${verdictMark(result)} <b>${scope.name}</b> ${result.verdict.sentence}</li>`
  })
  return html`<ul class="verdicts">${sentences}</ul><p class="verdict">${link}</p>\n`
}
