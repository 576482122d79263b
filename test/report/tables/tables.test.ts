// Covers: report/tables/contrast-tables.ts, report/tables/decision-tables.ts, report/tables/error-tables.ts
// Covers: report/tables/task-tables.ts

import { describe, expect, test } from 'vitest'
import type { Table } from '../../../src/base/table.ts'
import type { ArmSummary, Scope } from '../../../src/report/document/report.ts'
import type { ScopeView } from '../../../src/report/document/report-document.ts'
import { reliabilityTable } from '../../../src/report/tables/arm-tables.ts'
import { contrastTable, noiseTable } from '../../../src/report/tables/contrast-tables.ts'
import { baselineTable, decisionTable, thousandTable } from '../../../src/report/tables/decision-tables.ts'
import { errorClassTable, limitTable } from '../../../src/report/tables/error-tables.ts'
import { flipsTable, taskTables } from '../../../src/report/tables/task-tables.ts'
import { parallelTable } from '../../../src/report/tables/time-tables.ts'
import { contrastOf, verdictOf } from '../comparison-parts.ts'

const TOTALS = {
  turns: 10,
  requests: 12,
  toolCalls: 40,
  scripts: 8,
  approvalsAsked: 5,
  callsRefusedSerial: 1,
  shellCompoundCalls: 4,
}

function armOf(fields: Partial<ArmSummary> = {}): ArmSummary {
  const totals = TOTALS as ArmSummary['totals']
  const counts = { tasks: 2, trials: 4, scored: 4, solved: 3, limited: 1, failed: 0, cancelled: 0 }
  return {
    label: 'script-tool',
    levels: {},
    ...counts,
    solvedShare: 0.75,
    means: {},
    totals,
    tokensEstimated: false,
    ...fields,
  }
}

const DETAILS = {
  label: 'script-tool',
  spreads: { turns: undefined, tokens: undefined, wallMs: undefined },
  tokens: undefined,
  limits: [{ name: 'turns', count: 1 }],
  scriptErrors: [{ name: 'thrown', count: 2 }],
  protocolErrors: [],
  toolErrors: [{ name: 'not-found', count: 4 }],
  approvals: [{ name: 'exec', count: 5 }],
  turns: [],
}

function viewOf(arms: ArmSummary[], tasks: Scope['tasks'] = []): ScopeView {
  const scope = {
    name: 'm',
    kinds: ['api'],
    isEvidence: true,
    arms,
    strata: [],
    tasks,
  } satisfies Scope
  const details = { arms: arms.map(() => DETAILS), examples: [], examplesLeftOut: 0, unpricedModels: ['openai/a'] }
  return { scope, details, baselineArm: 0 }
}

const texts = ({ rows }: Table) => rows.map(row => row.map(({ text }) => text))

describe('per 1,000 tasks', () => {
  test('cost and minutes are a thousand means', () => {
    const means = { costUsd: { mean: 0.012, n: 4 }, wallMs: { mean: 30_000, n: 4 } }
    expect(texts(thousandTable(viewOf([armOf({ means })])))[0]).toEqual([
      'script-tool',
      '3/4 (75%)',
      '$12',
      '500',
      '–',
      '–',
    ])
  })

  test('a cost that no price is known for is unknown, and the model is named', () => {
    const table = thousandTable(viewOf([armOf()]))
    expect(texts(table)[0]?.[2]).toBe('unknown')
    expect(table.notes[0]).toBe('Costs: unknown, no prices for openai/a.')
  })

  test('a mean that is known for some trials only says for how many', () => {
    const means = { costUsd: { mean: 0.012, n: 3 } }
    expect(texts(thousandTable(viewOf([armOf({ means })])))[0]?.[2]).toBe('$12 (3 of 4)')
  })
})

describe('tasks and arms', () => {
  const cell = (solved: number, scored = 2) => ({ solved, scored, limited: 0, failed: 0 })
  const row = (task: string, ...solved: number[]) => ({
    task,
    stratum: 'few' as const,
    cells: solved.map(each => cell(each)),
  })

  test('a task that an arm broke or fixed is marked against the baseline’s arm', () => {
    const view = viewOf([armOf(), armOf(), armOf()], [row('x', 1, 0, 2)])
    expect(texts(taskTables({ ...view, baselineArm: 1 })[0] as Table)).toEqual([['few', 'x', '1/2 ▲', '0/2', '2/2 ▲']])
    expect(texts(taskTables(view)[0] as Table)).toEqual([['few', 'x', '1/2', '0/2 ▼', '2/2 ▲']])
  })

  test('without a scored trial on one side nothing is broken or fixed', () => {
    const tasks = [{ task: 'x', stratum: 'few' as const, cells: [cell(0, 0), cell(2)] }]
    expect(texts(taskTables(viewOf([armOf(), armOf()], tasks))[0] as Table)).toEqual([['few', 'x', '–', '2/2']])
  })

  test('many tasks are capped, those that differ first, and the rest is counted', () => {
    const tasks = Array.from({ length: 1500 }, (_, index) => row(`t${index}`, 1, index === 1400 ? 0 : 1))
    const [table] = taskTables(viewOf([armOf(), armOf()], tasks))
    expect(table?.rows).toHaveLength(120)
    expect(table?.notes[0]).toContain('… and 1,380 more tasks, see trials.csv')
    expect(JSON.stringify(texts(table as Table))).toContain('"t1400"')
  })

  test('many arms are in several tables', () => {
    const arms = Array.from({ length: 18 }, () => armOf())
    const tables = taskTables(viewOf(arms, [row('x', ...arms.map(() => 1))]))
    expect(tables.map(({ columns }) => columns.length - 2)).toEqual([8, 8, 2])
    expect(new Set(tables.map(({ id }) => id)).size).toBe(3)
  })
})

test('classes of errors are over what they are a part of', () => {
  expect(texts(errorClassTable(viewOf([armOf()])))).toEqual([
    ['Failed scripts, of all scripts', 'thrown', '2/8 (25%)'],
    ['Failed calls, of all tool calls', 'not-found', '4/40 (10%)'],
  ])
})

test('limits and approvals say which', () => {
  expect(texts(limitTable(viewOf([armOf()])))[0]).toEqual([
    'script-tool',
    '1/4 (25%)',
    'turns 1',
    '5',
    '1.25',
    'exec 5',
  ])
})

test('parallel calls have their denominators', () => {
  const means = { parallelUtilisation: { mean: 1.5, n: 4 }, maxInFlight: { mean: 3, n: 2 } }
  expect(texts(parallelTable({ arms: [armOf({ means })] }))[0]).toEqual([
    'script-tool',
    '40',
    '4.00',
    '3.0 (2 of 4)',
    '1.5',
    '1',
    '4/40 (10%)',
  ])
})

test('one attempt says nothing of reliability, and the page says so', () => {
  const once = { arm: 'a', attempts: 1, passAtK: 0.5, passHatK: 0.5, always: 1, sometimes: 0, never: 1 }
  expect(reliabilityTable({ reliability: [once] }).notes[0]).toContain('is unknown')
  expect(reliabilityTable({ reliability: [{ ...once, attempts: 3 }] }).notes[0]).not.toContain('is unknown')
})

test('a noise floor that is not known is said', () => {
  const floor = { metric: 'solved', scale: 'difference', source: 'repeats', tasks: 0 } as const
  expect(noiseTable({ noiseFloor: [floor] }).notes[0]).toContain('Noise floor: unknown')
  expect(
    texts(noiseTable({ noiseFloor: [{ ...floor, halfWidth: 0.045, estimate: 0.01, covers: true }] }))[0]?.slice(3),
  ).toEqual(['+1.0 pp', '±4.5 pp', 'yes'])
})

test('broken tasks come before fixed ones, and long lists are cut', () => {
  const flip = (task: string) => ({ task, baseline: '1/2', other: '2/2' })
  const gained = Array.from({ length: 30 }, (_, index) => flip(`g${index}`))
  const table = flipsTable({ flips: [{ contrast: 'composition', gained, lost: [flip('x')] }], unit: 'task' })
  const rows = texts(table)
  expect(rows[0]).toEqual(['composition', 'x', '1/2', '2/2', 'broken'])
  expect(rows[1]?.at(-1)).toBe('fixed')
  expect(rows.at(-1)?.[1]).toBe('… 7 more in compare.json')
})

test('a contrast has its figures, its companion and how lost trials bound it', () => {
  const contrast = contrastOf({
    companion: [{ method: 'sign-flip', p: 0.25 }],
    minimumDetectableEffect: 0.07,
    bounds: { lower: -0.1, upper: 0.1, changesVerdict: true },
  })
  const noiseFloor = [{ metric: 'solved', scale: 'difference', halfWidth: 0.02, source: 'repeats', tasks: 9 } as const]
  const table = contrastTable({ id: 'x', title: '', contrasts: [contrast], scope: { noiseFloor, unit: 'task' } })
  expect(texts(table)[0]).toEqual([
    'Solved',
    'composition: script-tool − structured-parallel',
    '30',
    '+3.0 pp [−2.0, +8.0]',
    '0.200',
    '0.400',
    '0.250 (sign-flip)',
    '±7.0 pp',
    '±2.0 pp',
    '[−10.0, +10.0] pp, changes the verdict',
    'inconclusive',
  ])
})

test('more contrasts than one reads are counted', () => {
  const contrasts = Array.from({ length: 250 }, () => contrastOf())
  const table = contrastTable({ id: 'x', title: '', contrasts, scope: { noiseFloor: [], unit: 'task' } })
  expect(table.rows).toHaveLength(200)
  expect(table.notes[0]).toContain('… and 50 more, see contrasts.csv')
})

test('against a baseline, worse comes first and better last', () => {
  const change = {
    scope: 'm',
    better: [contrastOf({ verdict: verdictOf('better') })],
    worse: [contrastOf({ verdict: verdictOf('worse') })],
    open: [contrastOf()],
  }
  expect(texts(baselineTable([change])).map(([group]) => group)).toEqual(['Got worse', 'Not decided', 'Got better'])
  expect(baselineTable([{ ...change, worse: [] }]).notes[0]).toContain('does not prove that nothing is')
})

test('a player without a primary contrast still has its line', () => {
  const view = viewOf([armOf()])
  const decision = { scope: 'm', isEvidence: true, choice: 'unknown', headline: 'Unknown', reason: '' } as const
  expect(texts(decisionTable([{ ...view, decision }]))[0]).toHaveLength(decisionTable([]).columns.length)
})
