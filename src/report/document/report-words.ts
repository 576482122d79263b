import { distinct } from '../../base/lists.ts'
import { isEvidence } from '../../base/models/player-kind.ts'
import { grouped } from '../../base/number-text.ts'
import { plainLine } from '../../base/plain-text.ts'
import type { PlayerKind } from '../../contracts/model.ts'
import type { Comparison } from '../comparison/comparison.ts'
import { adjustmentText, primaryText, statusNotice } from '../comparison/comparison-words.ts'
import type { Player, Report, Scope } from './report.ts'
import { comparisonOf, type ReportDocument } from './report-document.ts'

const KIND_WORDS: Record<PlayerKind, string> = {
  api: 'a model over its API',
  recorded: 'recorded replies of a model',
  assisted: 'a person or another program answered instead of a model',
  scripted: 'replies written beforehand',
  simulated: 'the oracle with seeded mistakes',
  oracle: 'plays the tasks’ own solutions',
  nop: 'does nothing',
}

export function kindWords(kind: PlayerKind): string {
  return KIND_WORDS[kind]
}

/** How much of the plan is done. */
export function coverageLine({ coverage }: Report): string {
  const { planned, done, scored, failed, cancelled, unreadable } = coverage
  const parts = [
    `${grouped(done)} of ${grouped(planned)} planned trials done`,
    `${grouped(scored)} scored`,
    ...(failed > 0 ? [`${grouped(failed)} failed`] : []),
    ...(cancelled > 0 ? [`${grouped(cancelled)} cancelled`] : []),
    ...(unreadable.length > 0 ? [`${grouped(unreadable.length)} unreadable`] : []),
  ]
  return parts.join(' · ')
}

export function playerWords({ model, kind, trials }: Player): string {
  return `${plainLine(model)} (${kind}: ${kindWords(kind)}; ${grouped(trials)} ${trials === 1 ? 'trial' : 'trials'})`
}

export interface Notice {
  tone: 'danger' | 'warning'
  title: string
  text: string
}

/** What a reader must know before any number. */
export function noticesOf(document: ReportDocument): Notice[] {
  const { report } = document
  const comparison = comparisonOf(document)
  return [
    ...evidenceNotice(report),
    ...sandboxNotice(report),
    ...coverageNotices(report),
    ...(comparison === undefined ? [] : statusNotices(comparison)),
  ]
}

function statusNotices({ status, runs }: Comparison): Notice[] {
  const imported = runs.flatMap(run => run.imported ?? [])
  const elsewhere: Notice[] = imported.map(({ source, unit }) => ({
    tone: 'warning',
    title: 'Measured elsewhere',
    text: `These outcomes were imported from ${plainLine(source)}, one per ${unit}; scriptbench did not run them.`,
  }))
  const notice = statusNotice(status)
  if (notice === undefined) return elsewhere
  return [...elsewhere, { tone: 'warning', title: notice.title, text: plainLine(notice.text, 600) }]
}

function evidenceNotice({ players }: Report): Notice[] {
  const kinds = distinct(players.map(player => player.kind)).filter(kind => !isEvidence(kind))
  if (kinds.length === 0) return []
  const isAll = players.every(player => !player.isEvidence)
  const title = isAll ? 'No evidence about models' : 'Some players are not evidence about models'
  const who = kinds.map(kind => `${kind} (${kindWords(kind)})`).join(', ')
  const text = `Players: ${who}. Such trials show harness time, sandbox overhead and request sizes. They do not show what a model would do in one mode or another.`
  return [{ tone: 'warning', title, text }]
}

function sandboxNotice({ run, trials }: Report): Notice[] {
  const open = trials.filter(trial => trial.sandboxMechanism === 'none').length
  if (open === 0 && run.sandbox.mechanism !== 'none') return []
  const count = open === 0 || open === trials.length ? 'The' : `${grouped(open)} of ${grouped(trials.length)}`
  const reason = run.sandbox.reason === undefined ? '' : ` Reason: ${plainLine(run.sandbox.reason)}`
  const text = `${count} trials run commands without an OS sandbox: with this user’s rights, and with times that cannot be compared with those of sandboxed trials.${reason}`
  return [{ tone: 'danger', title: 'Sandbox: none', text }]
}

function coverageNotices({ coverage }: Report): Notice[] {
  const { planned, done, scored } = coverage
  if (scored === 0)
    return [{ tone: 'danger', title: 'No trial was scored', text: 'There is nothing to compare in this run.' }]
  if (done >= planned) return []
  const text = `${grouped(planned - done)} planned trials are not done. Arms can have different tasks; run the same command with the same --out to continue.`
  return [{ tone: 'warning', title: 'Incomplete', text }]
}

/** The label next to a scope's name, wherever it appears. */
export function scopeLabel(scope: Scope): string {
  return scope.isEvidence ? scope.kinds.join(', ') : `${scope.kinds.join(', ')}: no evidence about models`
}

/** What was varied, and what all trials share. */
export function factorLines({ factors, constants }: Report): string[] {
  const varied = factors.map(({ name, levels, baseline }) => {
    const marked = levels.map(level => (level === baseline ? `${level} (baseline)` : level))
    return `${name}: ${marked.join(', ')}`
  })
  const shared = constants.map(({ factor, level }) => `${factor} = ${level}`).join(', ')
  return [...varied, ...(shared === '' ? [] : [`same in all trials: ${shared}`])].map(line => plainLine(line, 500))
}

/** What the run was, for its last lines. */
export function runFacts({ run }: Report): [name: string, value: string][] {
  const { sandbox, versions, platform } = run
  const overhead = sandbox.spawnOverheadMs === undefined ? '' : `, ${sandbox.spawnOverheadMs.toFixed(1)} ms per process`
  return [
    ['Started', run.createdAt],
    ['Suite digest', run.suiteDigest],
    ['Seed', String(run.seed)],
    ['Sandbox', plainLine(`${sandbox.mechanism} (${sandbox.policy})${overhead}`)],
    [
      'Versions',
      `scriptbench ${versions.scriptbench}, Node ${versions.node}, protocol ${versions.protocol}, log ${versions.log}`,
    ],
    ['Machine', `${platform.os} ${platform.arch}, ${platform.cpus} CPUs`],
  ]
}

/** How the verdicts of the report are found. */
export function methodFacts(document: ReportDocument): [name: string, value: string][] {
  const comparison = comparisonOf(document)
  if (comparison === undefined) return [['Comparison', 'none']]
  return [
    ['Primary contrast', plainLine(primaryText(comparison))],
    ['Test', 'paired t on the differences of task means, clustered; log-ratios for amounts'],
    ['Adjusted p', adjustmentText(comparison)],
    [
      'Verdicts',
      'better or worse: adjusted p below α; fewer turns, tokens or cost are only better where a loss of solved tasks beyond the margin is excluded',
    ],
    ['Failed trials', 'left out, and bounded both ways; a verdict that a bound would change is inconclusive'],
    ...comparison.notes.map((note): [string, string] => ['Note', plainLine(note, 600)]),
  ]
}
