import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { TrialEvent } from '../../../src/contracts/events.ts'
import { createTokenCounter } from '../../../src/model/token-counter.ts'
import { chooseSandbox } from '../../../src/run/choose-sandbox.ts'
import { planRun } from '../../../src/run/suite/plan-run.ts'
import { systemClock } from '../../../src/run/system-clock.ts'
import { runTrial, type TrialOptions } from '../../../src/run/trial/run-trial.ts'
import { createScriptEngine } from '../../../src/script-engine/create-script-engine.ts'
import { folderWith } from '../../helpers/folders.ts'
import { inlineSuite, inlineTask } from '../../helpers/inline-task.ts'

const engine = createScriptEngine({ workers: 1 })
const SANDBOX = { mechanism: 'auto', policy: 'workspace-write', isTrusted: true, isMeasured: false } as const

afterAll(() => engine.close())

interface Setting {
  /** `oracle` and `nop` by name; scripted replies as a list. */
  player: 'oracle' | 'nop' | object[]
  mode?: string
  suite?: Record<string, unknown>
  steps?: string[]
  /** The hidden check, where it is not the task's own. */
  check?: string
  options?: Partial<TrialOptions>
}

/** Plays one trial with the parts that a run hands out, in a folder that holds nothing else. */
async function play({ player, mode = 'structured-parallel', suite = {}, steps, check, options = {} }: Setting) {
  const folder = await folderWith({
    ...inlineTask('one', steps === undefined ? {} : { steps }),
    ...(check !== undefined && { 'tasks/one/tests/test.sh': check }),
    'replies.json': JSON.stringify(player),
  })
  const spec = typeof player === 'string' ? player : `scripted/${join(folder, 'replies.json')}`
  const fields = { models: [spec], tasksDir: join(folder, 'tasks'), factors: { mode: [mode] }, ...suite }
  await writeFile(join(folder, 'suite.yaml'), inlineSuite(fields))
  const plan = await planRun({
    suiteFile: join(folder, 'suite.yaml'),
    overrides: {},
    environment: { PATH: process.env.PATH },
  })
  const [trial] = plan.trials
  const task = plan.tasks.get('one')
  if (trial === undefined || task === undefined) throw new Error('the plan is empty')
  const logFile = join(folder, 'out', 'events.jsonl')
  const before = await readdir(folder)
  const outcome = await runTrial({
    context: {
      run: 'test',
      suite: plan.suite,
      factorModules: [],
      engine,
      sandbox: await chooseSandbox(SANDBOX),
      clock: systemClock,
      countTokens: await createTokenCounter(),
      environment: {},
    },
    trial,
    attempt: 1,
    task,
    logFile,
    scratch: join(folder, 'scratch'),
    redact: line => line,
    isAlone: true,
    onReply: () => undefined,
    signal: new AbortController().signal,
    agentSignal: new AbortController().signal,
    ...options,
  })
  const [, ...lines] = (await readFile(logFile, 'utf8')).trim().split('\n')
  const events = lines.map(line => JSON.parse(line) as TrialEvent)
  const left = (await readdir(folder)).filter(name => !before.includes(name))
  return { events, left, outcome, task }
}

function typesOf(events: readonly TrialEvent[]): string[] {
  return events.map(({ type }) => type).filter(type => type !== 'content')
}

function eventOf<Type extends TrialEvent['type']>(events: readonly TrialEvent[], type: Type) {
  return events.find((event): event is Extract<TrialEvent, { type: Type }> => event.type === type)
}

describe('how a trial ends', () => {
  test.each(['structured-serial', 'structured-parallel', 'script-tool', 'script-text'])(
    'solved: the oracle in %s',
    async mode => {
      const { events, outcome } = await play({ player: 'oracle', mode })
      expect(outcome).toEqual({ kind: 'solved' })
      expect(eventOf(events, 'verifier_end')?.clauses).toEqual({ greeting: 1, 'nothing-lost': 1 })
      expect(eventOf(events, 'workspace_diff')).toMatchObject({ diff: { modified: ['greeting.txt'] }, unexpected: [] })
    },
  )

  test('unsolved: nothing was done', async () => {
    const { events, outcome } = await play({ player: 'nop' })
    expect(outcome).toEqual({ kind: 'unsolved' })
    expect(eventOf(events, 'verifier_end')?.clauses).toEqual({ greeting: 0, 'nothing-lost': 1 })
  })

  test('unsolved, refused: what is there is still checked', async () => {
    const { events, outcome } = await play({ player: [{ failure: { class: 'refused', message: 'no' } }] })
    expect(outcome).toEqual({ kind: 'unsolved', cause: 'refused' })
    expect(typesOf(events)).toContain('verifier_end')
  })

  test('limited: the turns are used up, and the check does not change that', async () => {
    const look = { toolCalls: [{ name: 'listDir', args: { dirPath: '/workspace' } }] }
    const { events, outcome } = await play({ player: [look, look, look], suite: { limits: { turnsMax: 2 } } })
    expect(outcome).toEqual({ kind: 'limited', limit: 'turns' })
    expect(eventOf(events, 'limit_hit')?.limit).toBe('turns')
    expect(typesOf(events)).toContain('verifier_end')
  })

  test('failed: the provider is why, so nothing is checked', async () => {
    const { events, outcome } = await play({ player: [{ failure: { class: 'auth', message: 'no key' } }] })
    expect(outcome).toEqual({ kind: 'failed', cause: { area: 'model', class: 'auth', message: 'no key' } })
    expect(typesOf(events)).not.toContain('verifier_end')
  })

  test('failed: the verifier broke, whatever the agent did', async () => {
    const { events, outcome } = await play({ player: 'oracle', check: 'echo broken; exit 3\n' })
    expect(outcome).toMatchObject({
      kind: 'failed',
      cause: { area: 'verifier', message: expect.stringContaining('3') },
    })
    expect(eventOf(events, 'verifier_end')?.clauses).toBeUndefined()
    expect(eventOf(events, 'verifier_end')?.outputTail).toContain('broken')
  })

  test('failed: a defect of the harness is a value, and the log says so', async () => {
    const { events, outcome } = await play({ player: 'nop', options: { task: brokenTask() } })
    expect(outcome).toMatchObject({ kind: 'failed', cause: { area: 'harness' } })
    expect(typesOf(events)).toEqual(['trial_end'])
  })

  test.each(['signal', 'agentSignal'] as const)(
    'cancelled by %s in the middle of a call: nothing is checked',
    async name => {
      const stop = new AbortController()
      const usage = { inputFreshTokens: 1, outputTokens: 1 }
      const wait = { usage, toolCalls: [{ name: 'exec', args: { command: ['sleep', '300'] } }] }
      const { events, outcome } = await play({
        player: [wait],
        options: { [name]: stop.signal, onReply: () => stop.abort() },
      })
      expect(outcome).toEqual({ kind: 'cancelled' })
      expect(eventOf(events, 'agent_end')?.end).toEqual({ kind: 'cancelled' })
      expect(typesOf(events)).not.toContain('verifier_end')
    },
  )
})

describe('the log', () => {
  test('events come in the order in which things happen, numbered without a gap', async () => {
    const { events } = await play({ player: 'nop' })
    expect(typesOf(events)).toEqual([
      ...['trial_start', 'user_prompt', 'model_request', 'model_reply', 'step_end'],
      ...['agent_end', 'workspace_diff', 'verifier_end', 'trial_end'],
    ])
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + (events[0]?.seq ?? 0)))
    const times = events.map(({ atMs }) => atMs)
    expect(times).toEqual([...times].sort((left, right) => left - right))
  })

  test('every step is checked over what it left behind', async () => {
    const { events, outcome } = await play({ player: 'oracle', steps: ['first', 'second'] })
    expect(outcome).toEqual({ kind: 'solved' })
    expect(typesOf(events).filter(type => type === 'step_end' || type === 'verifier_end')).toEqual([
      ...['step_end', 'step_end', 'verifier_end', 'verifier_end'],
    ])
  })

  test('an event for an end says the same as what is returned', async () => {
    const { events, outcome } = await play({ player: 'oracle' })
    expect(events.at(-1)).toMatchObject({ type: 'trial_end', outcome, wallMs: expect.any(Number) })
  })
})

test('a trial writes its log and its scratch folder, and leaves the task as it was', async () => {
  const { left, task } = await play({ player: 'oracle' })
  expect(left.sort()).toEqual(['out', 'scratch'])
  expect(await readFile(join(task.workspaceDir, 'greeting.txt'), 'utf8')).toBe('hello wrld\n')
})

test('every reply is counted for the run, with the most it can have cost', async () => {
  const usage = { inputFreshTokens: 1_000_000, outputTokens: 0 }
  const told: unknown[] = []
  const onReply: TrialOptions['onReply'] = (used, costUsd) => told.push([used.inputFreshTokens, costUsd])
  await play({ player: [{ usage, text: 'done' }], options: { onReply } })
  expect(told).toEqual([[1_000_000, undefined]])
})

/** A task whose files are gone: what a harness meets when a folder vanishes in the middle of a run. */
function brokenTask() {
  return { id: 'gone', workspaceDir: '/nonexistent/workspace', steps: [] } as unknown as TrialOptions['task']
}
