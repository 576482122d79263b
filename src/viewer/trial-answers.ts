import { defined } from '../base/defined.ts'
import { errorText } from '../base/error-text.ts'
import { readTrialLog } from '../log/read-trial-log.ts'
import { runFiles } from '../log/run-files.ts'
import { armName, armNames } from './library/arm-names.ts'
import type { RunFolder } from './library/find-runs.ts'
import { measureEvents } from './library/measure-log.ts'
import type { RunView } from './library/run-store.ts'
import type { RowMetrics, TrialRow } from './library/trial-row.ts'
import { type PageRules, ROOTS } from './pages/layout.ts'
import { type PairSide, pairPage } from './pages/pair-page.ts'
import { problemPage } from './pages/problem-page.ts'
import { factorsOf } from './pages/run-page.ts'
import { siblingsOf } from './pages/trial/siblings.ts'
import { trialPage } from './pages/trial/trial-page.ts'
import { type TrialStory, trialStory } from './story/trial-story.ts'

/** A page, and whether what it was asked for exists and can be read. */
export interface PageAnswer {
  status: 200 | 404 | 500
  page: string
}

/** One trial's page; nothing for an id that the run does not have. */
export async function trialAnswer(
  view: RunView,
  { id, isWhole }: { id: string; isWhole: boolean },
  rules: PageRules,
): Promise<PageAnswer | undefined> {
  const index = view.rows.findIndex(row => row.id === id)
  const row = view.rows[index]
  if (row === undefined) return undefined
  const read = await readStory(view.run, id)
  if (typeof read === 'string') return brokenTrial(view, row, read, rules)
  const { story, isTorn, numbers } = read
  const [previous, next] = [view.rows[index - 1]?.id, view.rows[index + 1]?.id]
  const factors = factorsOf(view)
  try {
    const page = trialPage(
      {
        run: view.run,
        row: { ...row, numbers },
        story,
        isTorn,
        arm: row.trial === undefined ? 'arm not known' : armName(row.trial, factors),
        siblings: siblingsOf(row, view.rows, factors),
        ...defined({ previous, next }),
        isWhole,
      },
      rules,
    )
    return { status: 200, page }
  } catch (error) {
    return brokenTrial(view, row, unfitWords(error), rules)
  }
}

function brokenTrial({ run }: RunView, row: TrialRow, text: string, rules: PageRules): PageAnswer {
  const crumbs = [
    { name: 'scriptbench', href: `${ROOTS.trial}index.html` },
    { name: run.folder, href: '../index.html' },
    { name: row.trial?.task ?? row.id },
  ]
  const title = `${row.trial?.task ?? row.id}: not readable`
  return { status: 500, page: problemPage({ title, text, root: ROOTS.trial, crumbs }, rules) }
}

function unfitWords(error: unknown): string {
  return `The events of this log do not fit together (${errorText(error)}).`
}

interface ReadTrial {
  story: TrialStory
  isTorn: boolean
  numbers: RowMetrics
}

/** A trial's story, or why its log has none. Logs can come from elsewhere: the content of a log must never stop the server. */
async function readStory(run: RunFolder, id: string): Promise<ReadTrial | string> {
  const log = await readTrialLog(runFiles(run.path).trialLog(id))
  if (!log.ok) return log.error.message
  const { events, torn } = log.value
  try {
    return { story: trialStory(events), isTorn: torn, numbers: measureEvents(events, id) }
  } catch (error) {
    return unfitWords(error)
  }
}

/** Two trials side by side; nothing where the run lacks one of them. */
export async function pairAnswer(
  view: RunView,
  ids: readonly [string, string],
  rules: PageRules,
): Promise<PageAnswer | undefined> {
  const factors = factorsOf(view)
  const [one, other] = ids.map(id => view.rows.find(row => row.id === id))
  if (one === undefined || other === undefined) return undefined
  // The arm that comes first in the run's order, mostly the structured one, is on the left.
  const arms = armNames(
    [one, other].flatMap(row => row.trial ?? []),
    factors,
  )
  const rank = ({ trial }: TrialRow) => (trial === undefined ? arms.length : arms.indexOf(armName(trial, factors)))
  const [left, right] = rank(one) <= rank(other) ? [one, other] : [other, one]
  try {
    const sides = [await sideOf(view, left, factors), await sideOf(view, right, factors)] as const
    return { status: 200, page: pairPage({ run: view.run, sides }, rules) }
  } catch (error) {
    return brokenTrial(view, left, unfitWords(error), rules)
  }
}

async function sideOf(view: RunView, row: TrialRow, factors: readonly string[]): Promise<PairSide> {
  const read = await readStory(view.run, row.id)
  const arm = row.trial === undefined ? row.id : armName(row.trial, factors)
  return typeof read === 'string'
    ? { row, arm, story: read }
    : { row: { ...row, numbers: read.numbers }, arm, story: read.story }
}
