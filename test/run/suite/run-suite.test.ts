import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { planRun } from '../../../src/run/suite/plan-run.ts'
import { type RunProgress, runSuite } from '../../../src/run/suite/run-suite.ts'
import { folderWith } from '../../helpers/folders.ts'
import { inlineSuite, inlineTask } from '../../helpers/inline-task.ts'

const exec = (command: string) => ({ name: 'exec', args: { command: ['bash', '-c', command] } })

interface Setting {
  suite?: Record<string, unknown>
  replies?: object[]
  environment?: Record<string, string>
}

/** A suite played by a script of replies, in a folder of its own. */
async function setUp({ suite = {}, replies = [], environment = {} }: Setting) {
  const folder = await folderWith({
    ...inlineTask('one'),
    ...inlineTask('two'),
    'replies.json': JSON.stringify(replies),
  })
  const prices = { inputPerMillion: 1, outputPerMillion: 1, source: 'test', date: '2026-01-01' }
  const models = [{ spec: `scripted/${join(folder, 'replies.json')}`, prices }]
  const content = inlineSuite({
    models,
    tasksDir: join(folder, 'tasks'),
    factors: { mode: ['structured-parallel'] },
    ...suite,
  })
  await writeFile(join(folder, 'suite.yaml'), content)
  const outDir = join(folder, 'run')
  const progress: RunProgress[] = []
  const all = { ...process.env, ...environment }
  return {
    outDir,
    progress,
    run: async (options: { concurrency?: number; signal?: AbortSignal; onProgress?(now: RunProgress): void } = {}) =>
      runSuite({
        plan: await planRun({ suiteFile: join(folder, 'suite.yaml'), overrides: {}, environment: all }),
        outDir,
        concurrency: options.concurrency ?? 1,
        environment: all,
        onProgress(now) {
          progress.push(now)
          options.onProgress?.(now)
        },
        signal: options.signal ?? new AbortController().signal,
      }),
  }
}

async function logsOf(outDir: string): Promise<string> {
  const ids = await readdir(join(outDir, 'trials'))
  return (await Promise.all(ids.map(id => readFile(join(outDir, 'trials', id, 'events.jsonl'), 'utf8')))).join('')
}

test('a workspace is always fresh: nothing of a trial reaches the next one', async () => {
  const { outDir, run } = await setUp({
    replies: [
      { toolCalls: [exec('ls -A; touch left "$(printf \'\\xff\')"; mkdir -p a/b; chmod 000 a; touch /tmp/left')] },
    ],
    suite: { repeats: 2 },
  })
  expect(await run()).toMatchObject({ finished: 4, failed: 0 })
  const logs = await logsOf(outDir)
  expect(logs.match(/Output:\\ngreeting\.txt\\n?"/g)).toHaveLength(4)
})

test('the cost cap stops hard, and a resumed run knows what was spent', async () => {
  const usage = { inputFreshTokens: 1_000_000, outputTokens: 0 }
  const { progress, run } = await setUp({
    replies: Array.from({ length: 3 }, () => ({ usage, toolCalls: [exec('true')] })),
    suite: { limits: { runCostUsdMax: 4 } },
  })
  expect(await run()).toMatchObject({ planned: 2, finished: 1, failed: 0, stoppedByCost: true })
  expect(progress.at(-1)).toMatchObject({ outcome: { kind: 'cancelled' }, spent: { usd: 4, tokens: 4_000_000 } })
  expect(await run()).toMatchObject({ finished: 1, stoppedByCost: true })
  expect(progress.filter(now => now.type === 'trial-start')).toHaveLength(2)
})

test('a trial whose last reply reached the cap is finished, checked and kept', async () => {
  const usage = { inputFreshTokens: 5_000_000, outputTokens: 0 }
  const { run } = await setUp({ replies: [{ usage, text: 'done' }], suite: { limits: { runCostUsdMax: 4 } } })
  expect(await run()).toMatchObject({ planned: 2, finished: 1, stoppedByCost: true })
})

test('a run that is complete was not stopped by its cap', async () => {
  const usage = { inputFreshTokens: 2_000_000, outputTokens: 0 }
  const { run } = await setUp({ replies: [{ usage, text: 'done' }], suite: { limits: { runCostUsdMax: 4 } } })
  expect(await run()).toMatchObject({ finished: 2, stoppedByCost: false })
})

test('no mode makes more calls than the limit, and the trial is limited rather than lost', async () => {
  const { outDir, run } = await setUp({
    replies: [{ toolCalls: Array.from({ length: 9 }, () => exec('true')) }],
    suite: { limits: { toolCallsMax: 5 }, tasks: ['one'] },
  })
  expect(await run()).toMatchObject({ finished: 1 })
  const logs = await logsOf(outDir)
  expect(logs.match(/"status":"ok"/g)).toHaveLength(5)
  expect(logs).toContain('too-many-calls')
  expect(logs).toContain('"kind":"limited","limit":"toolCalls"')
})

test('a hanging call ends with the wall-time limit', async () => {
  const { outDir, run } = await setUp({
    replies: [{ toolCalls: [exec('sleep 50')] }],
    suite: { limits: { wallTimeMs: 700 }, tasks: ['one'] },
  })
  expect(await run()).toMatchObject({ finished: 1 })
  expect(await logsOf(outDir)).toContain('"limit":"wallTime"')
})

test('keys of the environment reach no file of the run', async () => {
  const { outDir, run } = await setUp({
    replies: [{ toolCalls: [exec('env; cat /proc/*/environ')] }, { text: 'the key is sk-0123456789abc' }],
    suite: { tasks: ['one'] },
    environment: { OTHER_API_KEY: 'sk-0123456789abc' },
  })
  await run()
  const files = await readdir(outDir, { recursive: true, withFileTypes: true })
  const texts = files.filter(file => file.isFile()).map(file => readFile(join(file.parentPath, file.name), 'utf8'))
  const all = (await Promise.all(texts)).join('')
  expect(all).toContain('[redacted]')
  expect(all).not.toContain('sk-0123456789abc')
})

test('an interruption during the check leaves the trial to be run again', async () => {
  const { outDir, run } = await setUp({ replies: [{ text: 'done' }], suite: { tasks: ['one'] } })
  const stop = new AbortController()
  await run({ signal: stop.signal, onProgress: now => now.type === 'trial-start' && stop.abort() })
  expect(await readdir(outDir)).not.toContain('journal.jsonl')
  expect(await run()).toMatchObject({ finished: 1 })
})

test('a second attempt at a trial has a nonce of its own, so that it reads nothing the first has put into a cache', async () => {
  const { outDir, run } = await setUp({ replies: [{ text: 'done' }], suite: { tasks: ['one'] } })
  const stop = new AbortController()
  await run({ signal: stop.signal, onProgress: now => now.type === 'trial-start' && stop.abort() })
  await run()
  const [id = ''] = await readdir(join(outDir, 'trials'))
  const logs = ['earlier-1.jsonl', 'events.jsonl'].map(name => readFile(join(outDir, 'trials', id, name), 'utf8'))
  const [first, second] = (await Promise.all(logs)).map(log => /"nonce":"(\d{18})"/.exec(log)?.[1])
  expect(first).toBeDefined()
  expect(second).toBeDefined()
  expect(second).not.toBe(first)
})

test('when the disk fails, every slot stops before the run rejects', async () => {
  const { outDir, progress, run } = await setUp({ replies: [{ text: 'done' }], suite: { repeats: 4 } })
  await mkdir(outDir)
  await mkdir(join(outDir, 'journal.jsonl'))
  await expect(run({ concurrency: 2 })).rejects.toMatchObject({ code: 'run-invalid' })
  await rm(join(outDir, 'journal.jsonl'), { recursive: true })
  const before = progress.length
  expect(await run({ concurrency: 2 })).toMatchObject({ finished: 8 })
  expect(progress.length).toBeGreaterThan(before)
  expect(await readdir(outDir)).not.toContain('.lock')
})
