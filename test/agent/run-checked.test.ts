import { expect, test } from 'vitest'
import { renderScriptOutcome } from '../../src/agent/render-script-outcome.ts'
import { runChecked, type TypeCheckStep } from '../../src/agent/run-checked.ts'
import type { ScriptOutcome, ScriptTimings, TypeCheck, TypeProblem } from '../../src/contracts/script.ts'

const ran: ScriptOutcome = {
  ok: true,
  value: 7,
  logs: [],
  logsDropped: 0,
  calls: [],
  notices: [],
  timings: {} as ScriptTimings,
  cacheHit: false,
}

const problem = (line: number): TypeProblem => ({
  line,
  column: 2,
  code: 2339,
  message: `no ${line}`,
  frame: `> ${line} | x`,
})

function stepOf(policy: TypeCheckStep['policy'], check: TypeCheck): TypeCheckStep {
  return { policy, check: async () => check }
}

const checkedWith = (...problems: TypeProblem[]): TypeCheck => ({ kind: 'checked', problems, ms: 12 })

async function run(step?: TypeCheckStep) {
  let runs = 0
  const checked = await runChecked(step, 'return 7', async () => {
    runs++
    return ran
  })
  return { ...checked, runs, text: renderScriptOutcome(checked.outcome, checked.problems) }
}

test('without a check a program just runs', async () => {
  expect(await run()).toMatchObject({ runs: 1, outcome: ran, problems: [] })
  expect(await run()).not.toHaveProperty('facts')
})

test.each(['warn', 'block'] as const)(
  '%s: a program without problems runs, and only the log shows the check',
  async policy => {
    const { facts, runs, text } = await run(stepOf(policy, checkedWith()))
    expect({ facts, runs }).toEqual({ facts: { ms: 12, problems: [] }, runs: 1 })
    expect(text).toBe('<tool-results>\nreturned:\n7\n</tool-results>')
  },
)

test('warn: a program with problems runs, and they are listed below what it returned', async () => {
  const { facts, runs, text } = await run(stepOf('warn', checkedWith(problem(3))))
  expect(runs).toBe(1)
  expect(facts).toEqual({ ms: 12, problems: [{ line: 3, column: 2, code: 2339, message: 'no 3' }] })
  expect(text).toBe(
    '<tool-results>\nreturned:\n7\nType problems (the program ran all the same):\nline 3, column 2: no 3\n> 3 | x\n</tool-results>',
  )
})

test('block: a program with problems does not run', async () => {
  const { outcome, runs, text } = await run(stepOf('block', checkedWith(problem(3), problem(4))))
  expect(runs).toBe(0)
  expect(outcome).toMatchObject({
    ok: false,
    failure: { class: 'type', line: 3, column: 2, message: 'no 3' },
    calls: [],
  })
  expect(text).toBe(
    `<tool-results>
error (type) at line 3, column 2: no 3
> 3 | x
The program did not run.
Further type problems:
line 4, column 2: no 4
> 4 | x
</tool-results>`,
  )
})

test.each(['warn', 'block'] as const)('%s: five problems are shown, the others counted', async policy => {
  const { text } = await run(stepOf(policy, checkedWith(...[1, 2, 3, 4, 5, 6, 7].map(problem))))
  expect(text.match(/no \d/g)).toEqual(['no 1', 'no 2', 'no 3', 'no 4', 'no 5'])
  expect(text).toContain('(2 more)')
})

test.each(['warn', 'block'] as const)(
  '%s: a program that could not be checked runs, and the log says why',
  async policy => {
    const { facts, runs } = await run(stepOf(policy, { kind: 'unavailable', message: 'it took too long' }))
    expect({ facts, runs }).toEqual({ facts: { unavailable: 'it took too long' }, runs: 1 })
  },
)
