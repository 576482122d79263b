import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { inlineSuite, inlineTask } from '../../helpers/inline-task.ts'
import { type CasesOf, cli, type Json, json, once, printed, put, ROOT } from './option-case.ts'
import { factorsRun, realRun } from './shared-runs.ts'

/** Each narrows or adds what no other one does, so that its effect is seen next to theirs. */
const NARROWED = [
  ...['--models', 'nop', '--tasks', 'on*', '--modes', 'script-text', '--modes', 'structured-parallel'],
  ...['--reinjection', 'off,tail', '--factor', 'leniency=lenient,strict', '--factor', 'typeCheck=warn'],
]

/** What a run would do: the trials' models, arms and tasks. */
const planned = once(async (): Promise<{ all: Json[]; narrowed: Json[] }> => {
  const trials = async (...flags: string[]) => (await json(['run', 'suite.yaml', '--dry-run', ...flags])).trials
  const [all, narrowed] = await Promise.all([trials(), trials(...NARROWED)])
  return { all, narrowed }
})

/** The distinct values of the trials, without the options and with them. */
async function plannedValues(read: (trial: Json) => string): Promise<{ all: string[]; narrowed: string[] }> {
  const { all, narrowed } = await planned()
  const distinct = (trials: Json[]) => [...new Set(trials.map(read))].sort()
  return { all: distinct(all), narrowed: distinct(narrowed) }
}

const ONE_TRIAL = ['run', 'suite.yaml', '--models', 'nop', '--modes', 'script-tool', '--tasks', 'one']

/** One short run with all that a manifest and a summary can show. */
const smallRun = once(async () => {
  const flags = ['--repeats', '2', '--seed', '99', '--sandbox', 'none', '--out', 'small/run']
  return {
    summary: await json([...ONE_TRIAL, ...flags]),
    manifest: JSON.parse(readFileSync(join(ROOT, 'small/run/manifest.json'), 'utf8')) as Json,
  }
})

/** Each verifier of two tasks waits a while for the other one: both pass only where they run at the same time. */
function meetingTasks(): void {
  const script = (own: string, other: string) => `mkdir -p "$LOGS_DIR/verifier"; touch "${ROOT}/meet/${own}"
for _ in $(seq "$(cat "${ROOT}/meet/ticks")"); do [ -e "${ROOT}/meet/${other}" ] && break; sleep 0.05; done
[ -e "${ROOT}/meet/${other}" ] && score=1 || score=0
echo $score > "$LOGS_DIR/verifier/reward.txt"
`
  put({
    ...inlineTask('left'),
    ...inlineTask('right'),
    'tasks/left/tests/test.sh': script('left', 'right'),
    'tasks/right/tests/test.sh': script('right', 'left'),
  })
}

export const RUN_CASES: CasesOf<'run'> = {
  models: {
    effect: async () => {
      expect(await plannedValues(({ model }) => model)).toEqual({ all: ['nop', 'oracle'], narrowed: ['nop'] })
    },
    wrong: [['suite.yaml', '--models', 'orcale'], 'oracle'],
  },
  modes: {
    effect: async () => {
      expect(await plannedValues(({ arm }) => arm.mode)).toEqual({
        all: ['script-tool', 'structured-serial'],
        narrowed: ['script-text', 'structured-parallel'],
      })
    },
    wrong: [['suite.yaml', '--modes', 'script-tol'], 'did you mean "script-tool"'],
  },
  reinjection: {
    effect: async () => {
      const values = await plannedValues(({ arm }) => arm.reinjection)
      expect(values).toEqual({ all: ['off'], narrowed: ['off', 'tail'] })
    },
    wrong: [['suite.yaml', '--reinjection', 'of'], 'off'],
  },
  factor: {
    effect: async () => {
      const { narrowed } = await plannedValues(({ arm }) => `${arm.leniency} ${arm.typeCheck}`)
      expect(narrowed).toEqual(['lenient warn', 'strict warn'])
    },
    wrong: [['suite.yaml', '--factor', 'leniency'], 'expected name=level,level'],
  },
  tasks: {
    effect: async () => {
      expect(await plannedValues(({ task }) => task)).toEqual({ all: ['one', 'two'], narrowed: ['one'] })
    },
    wrong: [['suite.yaml', '--tasks', 'onne'], '"onne" matches no task'],
  },
  repeats: {
    effect: async () => expect((await smallRun()).summary).toMatchObject({ planned: 2, finished: 2 }),
    wrong: [['suite.yaml', '--repeats', 'two'], 'expected a whole number of at least 1'],
  },
  concurrency: {
    effect: async () => {
      meetingTasks()
      put({ 'meeting.yaml': inlineSuite({ tasks: ['left', 'right'], factors: { mode: ['script-tool'] } }) })
      const solved = async (concurrency: string) => {
        rmSync(join(ROOT, 'meet'), { recursive: true, force: true })
        // Alone there is nothing to wait for; together one can start late on a busy machine.
        put({ 'meet/ticks': concurrency === '1' ? '4' : '300' })
        const out = `meeting-${concurrency}`
        const flags = ['--sandbox', 'none', '--concurrency', concurrency, '--out', out]
        await printed(['run', 'meeting.yaml', ...flags])
        return readFileSync(join(ROOT, out, 'journal.jsonl'), 'utf8').match(/"kind":"solved"/g)?.length ?? 0
      }
      expect(await solved('1')).toBeLessThan(2)
      expect(await solved('2')).toBe(2)
    },
    wrong: [['suite.yaml', '--concurrency', '0'], 'expected a whole number of at least 1'],
    isSlow: true,
  },
  sandbox: {
    effect: async () => expect((await smallRun()).manifest.sandbox).toMatchObject({ mechanism: 'none' }),
    wrong: [['suite.yaml', '--sandbox', 'bublewrap'], 'did you mean "bubblewrap"'],
  },
  out: {
    effect: async () => {
      expect((await smallRun()).summary.out).toBe('small/run')
      expect(existsSync(join(ROOT, 'small/run/report.html'))).toBe(true)
    },
    wrong: [['suite.yaml', '--out', ''], 'expected a value'],
  },
  seed: {
    effect: async () => expect((await smallRun()).manifest.seed).toBe(99),
    wrong: [['suite.yaml', '--seed', '-1'], 'expected a whole number of at least 0'],
  },
  dryRun: {
    effect: async () => {
      const text = await printed([...ONE_TRIAL, '--dry-run', '--out', 'never'])
      expect(text).toContain('1 trials; nothing was started')
      expect(existsSync(join(ROOT, 'never'))).toBe(false)
    },
  },
  json: { effect: async () => expect((await smallRun()).summary.documents).toContain('small/run/report.html') },
}

const plan = (...flags: string[]) => json(['plan', 'priced.yaml', ...flags])
const usualPlan = once(() => plan())
const changedPlan = once(() => plan('--effect', '10pp', '--power', '0.95', '--budget-usd', '50'))
const dearPlan = once(() => plan('--task-usd', '1000', '--repeats', '7'))
/** With a pilot, whose trials took time. */
const pilotPlan = once(async () => plan('--pilot', await factorsRun(), '--concurrency', '1'))

export const PLAN_CASES: CasesOf<'plan'> = {
  pilot: {
    effect: async () => expect((await pilotPlan()).pilot).toMatchObject({ tasks: 8 }),
    wrong: [['priced.yaml', '--pilot', 'nowhere'], 'nowhere'],
  },
  effect: {
    effect: async () => expect((await changedPlan()).needed.effect).toEqual({ kind: 'points', share: 0.1 }),
    wrong: [['priced.yaml', '--effect', '10'], 'expected points such as 10pp'],
  },
  power: {
    effect: async () => {
      const [usual, high] = await Promise.all([usualPlan(), changedPlan()])
      expect(high.power).toBe(0.95)
      expect(high.planned.detectable.solved).toBeGreaterThan(usual.planned.detectable.solved)
    },
    wrong: [['priced.yaml', '--power', '80'], 'expected a share'],
  },
  budgetUsd: {
    effect: async () => expect((await changedPlan()).budget).toMatchObject({ budgetUsd: 50 }),
    wrong: [['priced.yaml', '--budget-usd', '$5'], 'expected an amount of USD'],
  },
  taskUsd: {
    effect: async () => {
      const [usual, dear] = await Promise.all([usualPlan(), dearPlan()])
      expect(dear.repeatsOptimal).toBeGreaterThan(usual.repeatsOptimal)
    },
    wrong: [['priced.yaml', '--task-usd', '0'], 'expected an amount of USD'],
  },
  repeats: {
    effect: async () => expect((await dearPlan()).size.repeats).toBe(7),
    wrong: [['priced.yaml', '--repeats', '0'], 'expected a whole number of at least 1'],
  },
  concurrency: {
    effect: async () => {
      const two = await plan('--pilot', await factorsRun(), '--concurrency', '2')
      const one = await pilotPlan()
      expect(two).toMatchObject({ concurrency: 2 })
      if (one.planned.durationMs !== undefined) expect(two.planned.durationMs).toBeLessThan(one.planned.durationMs)
    },
    wrong: [['priced.yaml', '--concurrency', 'x'], 'expected a whole number of at least 1'],
  },
  json: { effect: async () => expect(await usualPlan()).toMatchObject({ planVersion: 1 }) },
}

const replay = once(async () => json(['replay', await realRun()]))

export const REPLAY_CASES: CasesOf<'replay'> = {
  script: {
    effect: async () => {
      const { scripts } = await replay()
      const [{ script }] = scripts
      const one = await json(['replay', await realRun(), '--script', script])
      expect(one.scripts.map((each: Json) => each.script)).toEqual([script])
      const none = await cli(['replay', await realRun(), '--script', 't99.s1'])
      expect(none).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('t99.s1') })
    },
  },
  json: { effect: async () => expect(await replay()).toMatchObject({ diverged: 0 }) },
}
