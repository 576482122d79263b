import { grouped } from '../../base/number-text.ts'
import type { Table } from '../../base/table.ts'
import type { Chart } from '../charts/chart.ts'
import { contrastFamilies } from '../charts/contrast-forest.ts'
import {
  forestPicture,
  planePicture,
  slopesPicture,
  spreadsPicture,
  tokensPicture,
  turnsPicture,
} from '../charts/pictures.ts'
import type { ContrastResult } from '../comparison/comparison.ts'
import { armTable, comparedArmTable, reliabilityTable, strataTable } from '../tables/arm-tables.ts'
import { contrastTable, noiseTable, slopeTable } from '../tables/contrast-tables.ts'
import { errorClassTable, errorTable, limitTable } from '../tables/error-tables.ts'
import { flipsTable, taskTables } from '../tables/task-tables.ts'
import { overheadTable, parallelTable } from '../tables/time-tables.ts'
import { spreadTable, tokenTable, turnTable, usesTable } from '../tables/usage-tables.ts'
import type { FailureExample } from './details/details.ts'
import type { ScopeView } from './report-document.ts'

/** Every document that shows sections. `terminal`: of a report; `compare`: that command's terminal and Markdown. */
export type DocumentKind = 'html' | 'markdown' | 'terminal' | 'compare' | 'viewer'

/** One section of a document: the same title and figures wherever it is shown. */
export interface Section {
  /** Its id and title are the section's. */
  table: Table
  /** The same figures drawn, for formats that have pictures. */
  picture?: () => Picture | undefined
  /** Sentences in place of a table. */
  sentences?: readonly string[]
  /** What is not known, where that is the message. */
  missing?: string
  examples?: readonly FailureExample[]
  /** The table is behind a word to open. */
  isFolded?: boolean
}

export interface Picture {
  charts: Chart[]
  legend?: readonly string[]
  /** Parts of a whole have the colours of parts; else each name has its own colour and dash. */
  isParts?: boolean
  /** How to read it. */
  notes: string[]
}

interface Topic {
  shownIn: readonly DocumentKind[]
  /** Only where it is asked for. */
  isOnRequest?: 'stratum'
  of(view: ScopeView, kind: DocumentKind): Section[]
}

const REPORTS: DocumentKind[] = ['html', 'markdown']
const COMPARISONS: DocumentKind[] = ['html', 'markdown', 'compare', 'viewer']

/**
 * What is known of one player, or of all models together, in the order of every document. To add a section: its table
 * in tables/, perhaps its picture in charts/, and a line here; each format draws it by itself.
 */
const TOPICS: readonly Topic[] = [
  { shownIn: ['compare', 'viewer'], of: findings },
  { shownIn: ['html', 'markdown', 'terminal', 'compare', 'viewer'], of: arms },
  { shownIn: ['terminal'], of: confirmatory },
  { shownIn: COMPARISONS, of: contrasts },
  { shownIn: ['html', 'compare', 'viewer'], isOnRequest: 'stratum', of: strataContrasts },
  { shownIn: COMPARISONS, of: slopes },
  { shownIn: ['html'], of: plane },
  { shownIn: COMPARISONS, of: ({ compared }) => (compared ? [{ table: reliabilityTable(compared) }] : []) },
  { shownIn: COMPARISONS, of: flips },
  { shownIn: ['compare', 'viewer'], of: ({ compared }) => (compared ? [{ table: usesTable(compared) }] : []) },
  { shownIn: REPORTS, of: view => [{ table: tokenTable(view.scope), picture: () => tokensPicture(view) }] },
  { shownIn: REPORTS, of: view => [{ table: spreadTable(view), picture: () => spreadsPicture(view) }] },
  { shownIn: ['html', 'markdown', 'terminal'], of: ({ scope }) => [{ table: errorTable(scope) }] },
  { shownIn: REPORTS, of: view => [{ table: errorClassTable(view) }] },
  { shownIn: ['html'], of: gallery },
  { shownIn: REPORTS, of: view => taskTables(view).map(table => ({ table })) },
  { shownIn: REPORTS, of: ({ scope }) => [{ table: strataTable(scope), isFolded: true }] },
  { shownIn: ['html', 'markdown', 'terminal'], of: ({ scope }) => [{ table: overheadTable(scope) }] },
  { shownIn: REPORTS, of: ({ scope }) => [{ table: parallelTable(scope) }] },
  { shownIn: REPORTS, of: view => [{ table: turnTable(view), picture: () => turnsPicture(view) }] },
  { shownIn: REPORTS, of: view => [{ table: limitTable(view) }] },
  { shownIn: COMPARISONS, of: ({ compared }) => (compared ? [{ table: noiseTable(compared) }] : []) },
]

/** The sections of one scope that a document shows, in their order; those that say nothing are left out. */
export function sectionsOf(view: ScopeView, kind: DocumentKind, asked: { stratum: boolean } = { stratum: true }) {
  const shown = TOPICS.filter(
    topic => topic.shownIn.includes(kind) && (topic.isOnRequest !== 'stratum' || asked.stratum),
  )
  return shown.flatMap(topic => topic.of(view, kind)).filter(isSaying)
}

function isSaying({ table, sentences, missing, examples, picture }: Section): boolean {
  const isPictureOnly = table.columns.length === 0 && picture !== undefined
  return (
    table.rows.length > 0 || sentences !== undefined || missing !== undefined || examples !== undefined || isPictureOnly
  )
}

function titled(id: string, title: string, notes: string[] = []): Table {
  return { id, title, notes, columns: [], rows: [] }
}

function findings({ compared }: ScopeView): Section[] {
  if (compared === undefined) return []
  const judged = compared.contrasts.filter(({ role }) => role !== 'exploratory').map(({ verdict }) => verdict.sentence)
  const bySlope = compared.slopes.filter(({ slope }) => slope !== undefined).map(({ sentence }) => sentence)
  const sentences = [...judged, ...bySlope]
  return sentences.length === 0 ? [] : [{ table: titled('findings', 'Findings'), sentences }]
}

function arms({ scope, compared }: ScopeView): Section[] {
  if (scope.arms.length > 0) return [{ table: armTable(scope) }]
  return compared === undefined ? [] : [{ table: comparedArmTable(compared) }]
}

function confirmatory({ compared }: ScopeView): Section[] {
  if (compared === undefined) return []
  const own = compared.contrasts.filter(({ role }) => role !== 'exploratory')
  const title = 'Contrasts of the confirmatory family'
  return [{ table: contrastTable({ id: 'confirmatory', title, contrasts: own, scope: compared }) }]
}

/** The contrasts by families of metrics. */
function contrasts({ compared }: ScopeView): Section[] {
  const missing = (why: string) => [
    { table: titled('contrasts', 'Contrasts'), missing: `Contrasts: unknown, since ${why}.` },
  ]
  if (compared === undefined) return missing('this run has nothing to compare')
  const families = contrastFamilies(compared)
  if (families.length === 0) return missing('no task has a value in two arms')
  return families.map((family, index) => {
    const table = contrastTable({
      ...{ id: family.id, title: `Contrasts: ${family.title.toLowerCase()}` },
      ...{ contrasts: family.contrasts, scope: compared },
    })
    const notes = index === 0 ? table.notes : table.notes.slice(0, -1)
    return { table: { ...table, notes }, isFolded: true, picture: () => forestPicture(family, compared, index === 0) }
  })
}

/** The same contrasts by stratum: few strata have the tasks for a verdict. */
function strataContrasts({ compared }: ScopeView): Section[] {
  const own = (compared?.strata ?? []).flatMap(({ stratum, contrasts: all }) =>
    all
      .filter(({ estimate }) => estimate !== undefined)
      .map((each): ContrastResult => ({ ...each, contrast: `${stratum}: ${each.contrast}` })),
  )
  if (compared === undefined || own.length === 0) return []
  const scope = { ...compared, noiseFloor: [] }
  const table = contrastTable({ id: 'strata', title: 'Contrasts by stratum', contrasts: own, scope })
  const notes = ['A stratum of fewer than 20 tasks gets no verdict.', ...table.notes]
  return [{ table: { ...table, notes }, isFolded: true }]
}

function slopes(view: ScopeView): Section[] {
  const { compared } = view
  return compared === undefined ? [] : [{ table: slopeTable(compared), picture: () => slopesPicture(view) }]
}

/** The viewer links each task to its trials, so it shows all of them. */
function flips({ compared }: ScopeView, kind: DocumentKind): Section[] {
  if (compared === undefined) return []
  return [{ table: kind === 'viewer' ? flipsTable(compared, Number.POSITIVE_INFINITY) : flipsTable(compared) }]
}

/** What an arm solves against what it takes: a picture of what the table of arms says. */
function plane(view: ScopeView): Section[] {
  const picture = planePicture(view)
  if (picture === undefined) return []
  const models = view.details.unpricedModels
  const why = models.length === 0 ? 'a price or a count of tokens is missing' : `no prices for ${models.join(', ')}`
  const missing = picture.isPriced ? {} : { missing: `Costs: unknown, ${why}; tokens are shown instead.` }
  return [{ table: titled('plane', 'Cost and accuracy'), picture: () => picture, ...missing }]
}

/** A few failures as they happened, with the line of the script. */
function gallery({ details: { examples, examplesLeftOut } }: ScopeView): Section[] {
  if (examples.length === 0) return []
  const rest = `${grouped(examplesLeftOut)} more are not shown; "scriptbench trial" shows each.`
  const note = `At most two of each class, the first by task and arm.${examplesLeftOut === 0 ? '' : ` ${rest}`}`
  return [{ table: titled('gallery', 'Failures as they happened', [note]), examples }]
}
