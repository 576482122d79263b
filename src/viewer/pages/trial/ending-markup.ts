import { durationText } from '../../../base/number-text.ts'
import type { Outcome } from '../../../contracts/trial.ts'
import { html, type Markup } from '../../../report/formats/html/markup.ts'
import { counted } from '../../markup/counted.ts'
import { fold } from '../../markup/fold.ts'
import { markedText, type TextRules, textBlock } from '../../markup/text-block.ts'
import { type PatchedFile, patchFiles } from '../../story/patch-files.ts'
import type { TrialStory } from '../../story/trial-story.ts'

/** What is left behind: the changed files, what the verifier found, the outcome. */
export function endingMarkup(story: TrialStory, rules: TextRules): Markup {
  return html`<section id="workspace" data-item aria-labelledby="workspace-title"><h2 id="workspace-title">Workspace</h2>
${diffMarkup(story, rules)}</section>
<section id="verifier" data-item aria-labelledby="verifier-title"><h2 id="verifier-title">Verifier</h2>
${verdictsMarkup(story, rules)}</section>
`
}

function diffMarkup({ diff, calls }: TrialStory, rules: TextRules): Markup {
  const patched = patchFiles(calls)
  const patches = html`${patched.map(file => patchMarkup(file, rules))}`
  if (diff === undefined)
    return html`<p class="missing">The log does not say what changed in the workspace.</p>${patches}`
  const { added, modified, deleted } = diff.diff
  const unexpected = diff.unexpected ?? []
  const list = (sign: string, word: string, paths: readonly string[] = []) =>
    paths.map(path => {
      const mark = unexpected.includes(path) ? html` <span class="chip bad">not needed by a solution</span>` : undefined
      return html`<li><span class="sign ${word}" role="img" aria-label="${word}">${sign}</span> <code>${path}</code>${mark}</li>`
    })
  const items = [...list('+', 'added', added), ...list('~', 'modified', modified), ...list('−', 'deleted', deleted)]
  if (items.length === 0) return html`<p class="note">No file differs from the start.</p>${patches}`
  const note = html`<p class="note">The log says which files differ at the end, not their contents. Below is what patches did; what commands did to files is not in the log.</p>`
  return html`<ul class="files">${items}</ul>${note}${patches}`
}

const LINE_CLASSES: Record<string, string> = { '+': 'added', '-': 'deleted', '@': 'hunk' }

function patchMarkup({ path, action, movedTo, lines, call }: PatchedFile, rules: TextRules): Markup {
  const shown = lines.map(
    line => html`<span class="line ${LINE_CLASSES[line.charAt(0)] ?? 'same'}">${markedText(line, rules)}\n</span>`,
  )
  const to = movedTo === undefined ? '' : ` → ${movedTo}`
  const body = html`<p class="of">by <a href="#call-${call.number}">call ${call.number}</a></p>${lines.length === 0 ? undefined : html`<pre class="code diff" tabindex="0"><code>${shown}</code></pre>`}`
  return fold(
    { title: html`<code>${path}${to}</code>`, about: `${action}, ${counted(lines.length, 'line')} of a patch` },
    body,
  )
}

function verdictsMarkup({ verdicts, end, limit, agentEnd }: TrialStory, rules: TextRules): Markup {
  const shown = verdicts.map(({ step, clauses, durationMs, tampered, outputTail }) => {
    const rows = Object.entries(clauses ?? {}).map(([name, value]) => {
      const isKept = value >= 1
      return html`<tr><th scope="row">${name}</th><td class="${isKept ? 'good' : 'bad'}">${isKept ? '✓ kept' : '✗ not kept'}</td><td class="end">${value}</td></tr>`
    })
    const table =
      clauses === undefined
        ? html`<p class="missing">The test wrote no reward.</p>`
        : html`<table class="list clauses"><thead><tr><th scope="col">Clause</th><th scope="col">Verdict</th><th scope="col" class="end">Value</th></tr></thead><tbody>${rows}</tbody></table>`
    const restored = tampered.map(
      path => html`<p class="ended bad">protected file changed, restored before the check: <code>${path}</code></p>`,
    )
    const output =
      outputTail.trim() === '' ? undefined : fold({ title: 'What the test printed last' }, textBlock(outputTail, rules))
    return html`<h3>${step} <span class="about">${durationText(durationMs)}</span></h3>${restored}${table}${output}`
  })
  const none = verdicts.length === 0 ? html`<p class="missing">No verifier ran.</p>` : undefined
  const ended =
    agentEnd === undefined
      ? undefined
      : html`<p class="note">The agent’s part ended: ${agentEnd.end.kind}${limit === undefined ? '' : ` (limit: ${limit.limit})`}.</p>`
  const outcome =
    end === undefined
      ? html`<p class="missing">The log has no end: the trial was interrupted, or it is still running.</p>`
      : html`<p class="final">Outcome: <strong>${outcomeWords(end.outcome)}</strong></p>`
  return html`${ended}${none}${shown}${outcome}`
}

export function outcomeWords(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'limited':
      return `limited (${outcome.limit})`
    case 'failed':
      return `failed (${outcome.cause.area}): ${outcome.cause.message}`
    case 'unsolved':
      return outcome.cause === undefined ? 'unsolved' : `unsolved (${outcome.cause})`
    default:
      return outcome.kind
  }
}
