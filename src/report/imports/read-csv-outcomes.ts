import { BUILT_IN_FACTORS } from '../../contracts/arm.ts'
import type { ImportedOutcome } from '../../contracts/imported.ts'
import type { Result } from '../../contracts/result.ts'
import { STRATA } from '../../contracts/task.ts'
import { PLAYER_KINDS } from '../../contracts/traits/player-kinds.ts'
import { COLUMNS } from '../../metrics/columns/columns.ts'
import { type ImportFailure, importFailure } from './import-failure.ts'
import { factorsIn, type ImportedOutcomes, numberRepeats } from './imported-outcomes.ts'
import { type CsvRecord, parseCsv } from './parse-csv.ts'

type Fields = Partial<ImportedOutcome> & { isCancelled?: boolean }
type Reader = (text: string) => Fields | undefined

const COLUMN_NAME = /^[\p{L}\d][\p{L}\d._ -]{0,99}$/u
const CELL_CHARACTERS_MAX = 300
const NAME = `a name of at most ${CELL_CHARACTERS_MAX} characters`
const TRUE = ['true', 'yes', '1']
const FALSE = ['false', 'no', '0']

/** How each column is read; `undefined` for an invalid text. */
const READERS: Record<string, { expected: string; read: Reader }> = {
  task: { expected: NAME, read: text => ({ task: text }) },
  model: { expected: NAME, read: text => ({ model: text }) },
  cluster: { expected: NAME, read: text => ({ cluster: text }) },
  stratum: { expected: `one of ${STRATA.join(', ')}`, read: text => pick(STRATA, text, stratum => ({ stratum })) },
  player_kind: {
    expected: `one of ${PLAYER_KINDS.join(', ')}`,
    read: text => pick(PLAYER_KINDS, text, playerKind => ({ playerKind })),
  },
  repeat: whole(repeat => ({ repeat })),
  n: {
    expected: 'a whole number from 1',
    read: text => (/^0*[1-9]\d{0,14}$/.test(text) ? { n: Number(text) } : undefined),
  },
  solved: { expected: 'true or false', read: text => truth(text, isSolved => ({ solved: isSolved ? 1 : 0 })) },
  solved_share: { expected: 'a share from 0 to 1, such as 0.744', read: shareOf },
  limited: { expected: 'true or false', read: text => truth(text, isLimited => ({ isLimited })) },
  outcome: { expected: 'solved, unsolved, limited, failed or cancelled', read: outcomeOf },
  clauses_kept: whole(clausesKept => ({ clausesKept })),
  clauses_total: whole(clausesTotal => ({ clausesTotal })),
  calls_min: whole(callsMin => ({ callsMin })),
  looks_min: whole(looksMin => ({ looksMin })),
  turns: amount(turns => ({ turns })),
  tool_calls: amount(toolCalls => ({ toolCalls })),
  input_tokens: amount(inputTokens => ({ inputTokens })),
  output_tokens: amount(outputTokens => ({ outputTokens })),
  cost_usd: amount(costUsd => ({ costUsd })),
  working_ms: amount(workingMs => ({ workingMs })),
  wall_ms: amount(wallMs => ({ wallMs })),
}

function pick<T extends string>(known: readonly T[], text: string, make: (value: T) => Fields): Fields | undefined {
  const value = known.find(each => each === text)
  return value === undefined ? undefined : make(value)
}

function truth(text: string, make: (value: boolean) => Fields): Fields | undefined {
  const word = text.toLowerCase()
  return TRUE.includes(word) || FALSE.includes(word) ? make(TRUE.includes(word)) : undefined
}

function amount(make: (value: number) => Fields) {
  const read: Reader = text => {
    const isNumber = /^\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text) && Number.isFinite(Number(text))
    return isNumber ? make(Number(text)) : undefined
  }
  return { expected: 'a number from 0', read }
}

function whole(make: (value: number) => Fields) {
  const read: Reader = text => (/^\d{1,15}$/.test(text) ? make(Number(text)) : undefined)
  return { expected: 'a whole number from 0', read }
}

function shareOf(text: string): Fields | undefined {
  const share = Number(text)
  return /^\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text) && share <= 1 ? { solved: share } : undefined
}

function outcomeOf(text: string): Fields | undefined {
  if (text === 'solved') return { solved: 1 }
  if (text === 'unsolved') return { solved: 0 }
  if (text === 'limited') return { solved: 0, isLimited: true }
  if (text === 'failed') return {}
  return text === 'cancelled' ? { isCancelled: true } : undefined
}

interface ColumnPlan {
  index: number
  name: string
  /** Absent: the column is a factor. */
  reader?: { expected: string; read: Reader }
  factor?: string
}

/**
 * Outcomes from a CSV file with a header. With a column `task`, one row is one trial; without it, one row is a model's
 * average in one arm. Columns that are not a metric are factors; what else our own trials.csv has is left out.
 */
export function readCsvOutcomes(file: string, text: string): Result<ImportedOutcomes, ImportFailure> {
  const records = parseCsv(text)
  if (records === undefined)
    return importFailure(`${file}: not valid CSV: a quoted cell does not end; expected a closing quote`)
  const [header, ...rows] = records
  if (header === undefined || rows.length === 0) {
    return importFailure(`${file}: expected a header and at least one row; see docs/comparing.md for the columns`)
  }
  const names = header.cells.map(cell => cell.trim())
  const problem = headerProblem(file, names)
  if (problem !== undefined) return importFailure(problem)
  const { plans, ignored } = plansOf(names)
  const outcomes: ImportedOutcome[] = []
  for (const row of rows) {
    if (row.cells.length !== names.length) return importFailure(widthProblem(file, row, names.length))
    const outcome = rowOutcome(file, row, plans)
    if (!outcome.ok) return outcome
    if (outcome.value !== undefined) outcomes.push(outcome.value)
  }
  const numbered = numberRepeats(outcomes, names.includes('repeat'))
  if (numbered === undefined) return importFailure(`${file}: two rows have the same task, model, levels and repeat`)
  const isTaskLevel = names.includes('task')
  return {
    ok: true,
    value: {
      unit: isTaskLevel ? 'task' : 'model',
      outcomes: isTaskLevel ? numbered : modelsAsTasks(numbered),
      factors: factorsIn(numbered),
      notes: ignored.length === 0 ? [] : [`columns left out: ${ignored.join(', ')}`],
    },
  }
}

/** Averages over tasks: the models take the place of tasks, and together are one player. */
export function modelsAsTasks(outcomes: readonly ImportedOutcome[]): ImportedOutcome[] {
  const models = new Set(outcomes.map(({ model }) => model)).size
  const together = `averages of ${models} ${models === 1 ? 'model' : 'models'}`
  return outcomes.map(outcome => ({ ...outcome, task: outcome.model, model: together }))
}

function headerProblem(file: string, names: readonly string[]): string | undefined {
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  const bad = names.find(name => !COLUMN_NAME.test(name) || name in {})
  if (names.length === 1 && /[;\t]/.test(names[0] ?? ''))
    return `${file}: line 1: expected cells separated by commas; save the file with commas`
  if (bad !== undefined)
    return `${file}: line 1: expected names of letters, digits, ".", "_", "-" and spaces; found "${bad.slice(0, 60)}"`
  if (twice !== undefined) return `${file}: line 1: the column "${twice}" is there twice`
  if (!names.includes('model')) return `${file}: line 1: expected a column "model"`
  const isTaskLevel = names.includes('task')
  const wanted = isTaskLevel ? ['solved', 'outcome'] : ['solved_share']
  if (wanted.filter(name => names.includes(name)).length === 1) return undefined
  return isTaskLevel
    ? `${file}: line 1: with a column "task", one row is one trial; expected either "solved" or "outcome"`
    : `${file}: line 1: without a column "task", one row is a model's average; expected "solved_share"`
}

/** A row of another width has its cells under wrong names, or was cut. */
function widthProblem(file: string, { line, cells }: CsvRecord, width: number): string {
  return `${file}: line ${line}: expected ${width} cells, as in the header, found ${cells.length}; leave unknown cells empty, and quote cells that contain commas`
}

function plansOf(names: readonly string[]): { plans: ColumnPlan[]; ignored: string[] } {
  const plans: ColumnPlan[] = []
  const ignored: string[] = []
  for (const [index, name] of names.entries()) {
    const reader = Object.hasOwn(READERS, name) ? READERS[name] : undefined
    const column = COLUMNS.find(each => each.name === name)
    const isBuiltIn = column !== undefined && Object.hasOwn(BUILT_IN_FACTORS, column.key)
    if (reader !== undefined) plans.push({ index, name, reader })
    else if (column === undefined || isBuiltIn) plans.push({ index, name, factor: column?.key ?? name })
    else ignored.push(name)
  }
  return { plans, ignored }
}

function rowOutcome(
  file: string,
  { line, cells }: CsvRecord,
  plans: readonly ColumnPlan[],
): Result<ImportedOutcome | undefined, ImportFailure> {
  let fields: Fields = {}
  const levels: Record<string, string> = {}
  for (const { index, name, reader, factor } of plans) {
    const text = cells[index] ?? ''
    if (factor !== undefined) levels[factor] = text === '' ? '–' : text
    if (reader === undefined || text === '') continue
    const read = text.length > CELL_CHARACTERS_MAX ? undefined : reader.read(text)
    if (read === undefined) {
      const shown = text.length > 60 ? `${text.slice(0, 60)}…` : text
      return importFailure(`${file}: line ${line}, column "${name}": expected ${reader.expected}, found "${shown}"`)
    }
    fields = { ...fields, ...read }
  }
  const { isCancelled, ...rest } = fields
  if (isCancelled) return { ok: true, value: undefined }
  const isTaskLevel = plans.some(({ name }) => name === 'task')
  const { model, task = isTaskLevel ? undefined : model } = rest
  if (model === undefined || task === undefined) {
    return importFailure(`${file}: line ${line}: the cell "${model === undefined ? 'model' : 'task'}" is empty`)
  }
  return { ok: true, value: { playerKind: 'recorded', repeat: 0, ...rest, task, model, levels } }
}
