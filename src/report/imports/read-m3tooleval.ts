import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { z } from 'zod'
import type { ImportedOutcome } from '../../contracts/imported.ts'
import type { Result } from '../../contracts/result.ts'
import { type ImportFailure, importFailure } from './import-failure.ts'
import { factorsIn, type ImportedOutcomes, numberRepeats } from './imported-outcomes.ts'
import { parseCsv } from './parse-csv.ts'
import { modelsAsTasks } from './read-csv-outcomes.ts'

const MODES = ['json', 'code', 'text']
const MODE_FILE = /^(json|code|text)_as_action\.json$/
const TABLE_COLUMNS = ['model_name', 'action_mode', 'n_tasks', 'avg_turns', 'Correct %'] as const

const EXPECTED =
  'expected the output folder of its main.py (<model>/code_as_action.json, …), or the table of its notebook as CSV'

/** M3ToolEval (Wang et al. 2024) as its own programs write it: a folder with each task, or a table of averages. */
export async function readM3ToolEval(path: string): Promise<Result<ImportedOutcomes, ImportFailure>> {
  const found = await stat(path).catch(() => undefined)
  if (found === undefined) return importFailure(`${path}: nothing there; ${EXPECTED}`)
  return found.isDirectory() ? readFolder(path) : readTable(path, await readFile(path, 'utf8'))
}

const line = z.looseObject({
  task_name: z.string().min(1).max(300),
  is_correct: z.boolean(),
  n_turns: z.number().nonnegative(),
  end_reason: z.string().optional(),
  is_single_tool_task: z.boolean().optional(),
})

async function readFolder(dir: string): Promise<Result<ImportedOutcomes, ImportFailure>> {
  const files = await modeFiles(dir)
  if (files.length === 0) return importFailure(`${dir}: no outcomes of M3ToolEval in it; ${EXPECTED}`)
  const outcomes: ImportedOutcome[] = []
  for (const { model, mode, file } of files) {
    for (const [index, text] of (await readFile(file, 'utf8')).split('\n').entries()) {
      if (text.trim() === '') continue
      const parsed = line.safeParse(jsonOf(text))
      if (!parsed.success) {
        const field = parsed.error.issues[0]?.path.join('.') || 'the line'
        return importFailure(`${file}: line ${index + 1}: ${field} is not what M3ToolEval writes`)
      }
      outcomes.push(taskOutcome(parsed.data, model, mode))
    }
  }
  const numbered = numberRepeats(outcomes, false) ?? []
  return { ok: true, value: { unit: 'task', outcomes: numbered, factors: factorsIn(numbered, MODES), notes: [] } }
}

async function modeFiles(dir: string): Promise<{ model: string; mode: string; file: string }[]> {
  const entries = await readdir(dir, { withFileTypes: true })
  const here = entries.flatMap(({ name }) => {
    const mode = MODE_FILE.exec(name)?.[1]
    return mode === undefined ? [] : [{ model: basename(resolve(dir)), mode, file: join(dir, name) }]
  })
  if (here.length > 0) return here
  const folders = entries.filter(entry => entry.isDirectory()).map(({ name }) => join(dir, name))
  const below = await Promise.all(folders.sort().map(modeFiles))
  return below.flat()
}

function taskOutcome(found: z.infer<typeof line>, model: string, mode: string): ImportedOutcome {
  const { task_name, is_correct, n_turns, end_reason, is_single_tool_task } = found
  return {
    ...{ task: task_name, model, playerKind: 'recorded', repeat: 0, levels: { action: mode } },
    ...{ solved: is_correct ? 1 : 0, turns: n_turns },
    ...(is_single_tool_task === true && { stratum: 'one' }),
    ...(end_reason !== undefined && { isLimited: end_reason === 'limit' || end_reason === 'context_limit' }),
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function readTable(file: string, text: string): Result<ImportedOutcomes, ImportFailure> {
  const [header, ...rows] = parseCsv(text) ?? []
  const missing = TABLE_COLUMNS.find(name => !header?.cells.includes(name))
  if (header === undefined || missing !== undefined) {
    return importFailure(`${file}: no column "${missing ?? TABLE_COLUMNS[0]}"; ${EXPECTED}`)
  }
  const outcomes: ImportedOutcome[] = []
  let single = 0
  for (const { cells, line: number } of rows) {
    const at = (name: string) => cells[header.cells.indexOf(name)] ?? ''
    if (at('is_single_tool_task').toLowerCase() === 'true') {
      single += 1
      continue
    }
    const mode = at('action_mode').replace(/_as_action$/, '')
    const [n, turns, solved] = [at('n_tasks'), at('avg_turns'), at('Correct %')].map(each =>
      each === '' ? Number.NaN : Number(each),
    )
    const isWhole = n !== undefined && Number.isSafeInteger(n) && n > 0
    if (
      !MODES.includes(mode) ||
      !isWhole ||
      !(turns !== undefined && turns >= 0) ||
      !(solved !== undefined && solved >= 0 && solved <= 1)
    ) {
      return importFailure(
        `${file}: line ${number}: expected action_mode code, json or text, n_tasks, avg_turns, and a "Correct %" that is a share from 0 to 1`,
      )
    }
    const model = at('model_name')
    if (model === '') return importFailure(`${file}: line ${number}: model_name is empty`)
    outcomes.push({ task: model, model, playerKind: 'recorded', repeat: 0, levels: { action: mode }, solved, n, turns })
  }
  if (numberRepeats(outcomes, true) === undefined) {
    return importFailure(`${file}: a model has two rows of one action_mode`)
  }
  const notes = single === 0 ? [] : [`${single} rows of single-tool tasks left out`]
  return {
    ok: true,
    value: { unit: 'model', outcomes: modelsAsTasks(outcomes), factors: factorsIn(outcomes, MODES), notes },
  }
}
