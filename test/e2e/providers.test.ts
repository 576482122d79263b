import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { MODES } from '../../src/contracts/arm.ts'
import { startAnthropicServer } from '../helpers/anthropic-server.ts'
import { startChatServer } from '../helpers/chat-server.ts'
import { inlineSuite, inlineTask } from '../helpers/inline-task.ts'
import { startOpenAIServer } from '../helpers/openai-server.ts'
import { createFolder, runCli, runCliJson } from '../helpers/run-cli.ts'
import { sandboxFlags } from '../helpers/sandbox-flags.ts'
import { type Handler, type NeutralReply, type RecordedRequest, USAGE } from '../helpers/wire-server.ts'

const KEY = 'sk-loopback-0123456789abcdef'
const PATCH = '*** Begin Patch\n*** Update File: greeting.txt\n@@\n-hello wrld\n+hello world\n*** End Patch'
const PROGRAM = `const [before] = await Promise.all([tools.readFile({ filePath: 'greeting.txt' }), tools.listDir({ dirPath: '.' })])
await tools.applyPatch({ patch: ${JSON.stringify(PATCH)} })
return before.text`

/** Plays a competent model in whichever mode the request shows, from the request's bytes alone. */
const competent: Handler = request => {
  const body = JSON.stringify(request.body)
  const acted = /returned:|L1: hello wrld|Success. Updated/.test(body)
  if (body.includes('run_script'))
    return acted ? done : { toolCalls: [{ name: 'run_script', args: { code: PROGRAM } }] }
  if (body.includes('<tool-calls>'))
    return acted ? done : { text: `I fix it.\n<tool-calls>\n${PROGRAM}\n</tool-calls>` }
  if (body.includes('Success. Updated')) return done
  if (body.includes('L1: hello wrld')) return { toolCalls: [{ name: 'applyPatch', args: { patch: PATCH } }] }
  const look = [{ name: 'readFile', args: { filePath: 'greeting.txt' } }]
  return { toolCalls: isSerial(request) ? look : [...look, { name: 'listDir', args: { dirPath: '.' } }] }
}
const done: NeutralReply = { text: 'Fixed.' }

function isSerial({ body }: RecordedRequest): boolean {
  return body.parallel_tool_calls === false || body.tool_choice?.disable_parallel_tool_use === true
}

const SERVERS = [
  {
    name: 'openai',
    start: startOpenAIServer,
    model: 'openai/gpt-5.5',
    env: (url: string) => ({ OPENAI_BASE_URL: url, OPENAI_API_KEY: KEY }),
  },
  {
    name: 'anthropic',
    start: startAnthropicServer,
    model: 'anthropic/claude-opus-4-8',
    env: (url: string) => ({ ANTHROPIC_BASE_URL: url, ANTHROPIC_API_KEY: KEY }),
  },
] as const

async function createSuite(fields: Record<string, unknown>): Promise<string> {
  return createFolder({ ...inlineTask('greet'), 'suite.yaml': inlineSuite({ factors: { mode: MODES }, ...fields }) })
}

const readAll = async (folder: string, names: readonly string[]) =>
  (await Promise.all(names.map(name => readFile(join(folder, 'run', name), 'utf8')))).join('\n')

describe.each(SERVERS)('a run against a loopback $name server', ({ start, model, env }) => {
  test('solves in all four modes, with usage in its buckets and no key in any file', async () => {
    await using server = await start(competent)
    const folder = await createSuite({ models: [model], factors: { mode: MODES, reinjection: ['off', 'turn-top'] } })
    const flags = await sandboxFlags()
    const run = await runCliJson<{ finished: number }>(['run', 'suite.yaml', '--out', 'run', ...flags], {
      cwd: folder,
      env: env(server.url),
    })
    expect(run.finished).toBe(8)
    const results = JSON.parse(await readAll(folder, ['results.json']))
    const trials: Record<string, unknown>[] = results.trials
    expect(trials.map(trial => trial.outcome)).toEqual(Array(8).fill('solved'))
    expect(trials.every(trial => trial.playerKind === 'api' && Number(trial.cacheReadTokens) > 0)).toBe(true)
    expect(trials.every(trial => trial.tokensEstimated === false)).toBe(true)
    const turns = (mode: string) => trials.filter(trial => trial.mode === mode).map(trial => trial.turns)
    expect(turns('structured-serial')).toEqual([3, 3])
    expect(turns('script-tool')).toEqual([2, 2])
    expect(turns('script-text')).toEqual([2, 2])
    const copies = server.requests.filter(({ body }) =>
      JSON.stringify(body).includes('<original-user-prompt>\\nStep main'),
    )
    expect(copies.length).toBeGreaterThanOrEqual(4)
    const logs = trials.map(trial => `trials/${trial.trialId}/events.jsonl`)
    expect(
      await readAll(folder, ['manifest.json', 'journal.jsonl', 'report.md', 'report.html', ...logs]),
    ).not.toContain(KEY)
  })

  test('models check reports usage, latency and the served model', async () => {
    await using server = await start(() => ({ text: 'ready', model: 'served-1' }))
    const check = await runCliJson<Record<string, unknown>>(['models', 'check', model], { env: env(server.url) })
    expect(check).toMatchObject({ ok: true, servedModel: 'served-1', text: 'ready' })
    expect(check.latencyMs).toBeGreaterThan(0)
  })

  test('a provider that stays down leaves the trial unscored, exit code 4, and a resume retries it', async () => {
    await using server = await start((_request, n) => (n < 1 ? { status: 401 } : competent(_request, n)))
    const folder = await createSuite({ models: [model], factors: { mode: ['script-tool'] } })
    const args = ['run', 'suite.yaml', '--out', 'run', ...(await sandboxFlags())]
    const failed = await runCli(args, { cwd: folder, env: env(server.url) })
    expect(failed.exitCode).toBe(4)
    expect(failed.stderr).toContain('failed (model')
    const retried = await runCli(args, { cwd: folder, env: env(server.url) })
    expect(retried.exitCode).toBe(0)
    expect(await readAll(folder, ['trials.csv'])).toContain(',solved,')
  })
})

test('a server that reports no usage gets estimates, marked as such', async () => {
  await using server = await startChatServer((request, n) => ({
    ...(competent(request, n) as NeutralReply),
    usage: 'none',
  }))
  const model = `openai-compatible/local@${server.url}`
  const folder = await createSuite({ models: [model], factors: { mode: ['structured-parallel'] } })
  await runCliJson(['run', 'suite.yaml', '--out', 'run', ...(await sandboxFlags())], { cwd: folder })
  const [trial] = JSON.parse(await readAll(folder, ['results.json'])).trials
  expect(trial).toMatchObject({ outcome: 'solved', tokensEstimated: true })
  expect(trial.inputTokensFresh).toBeGreaterThan(100)
})

test('the cost cap of a run stops it hard', async () => {
  await using server = await startAnthropicServer(competent)
  const prices = {
    inputPerMillion: 1e4,
    cacheReadPerMillion: 1e4,
    cacheWritePerMillion: 1e4,
    outputPerMillion: 1e4,
    source: 'test',
    date: '2026-01-01',
  }
  const folder = await createSuite({
    models: [{ spec: 'anthropic/claude-opus-4-8', prices }],
    factors: { mode: ['script-tool'] },
    repeats: 20,
    limits: { runCostUsdMax: 5 },
  })
  const args = ['run', 'suite.yaml', '--out', 'run', '--concurrency', '1', ...(await sandboxFlags())]
  const { stdout } = await runCli(args, { cwd: folder, env: SERVERS[1].env(server.url) })
  expect(stdout).toContain('cost cap')
  expect(server.requests.length).toBeLessThan(8)
})

test('the cost cap stops a run with several slots', async () => {
  const scriptSent = Promise.withResolvers<void>()
  let scripts = 0
  // Calls that fail immediately keep the script computing, with hardly a moment in which it only waits.
  const code = 'for (let n = 0; n < 450; n++) await tools.readFile({} as never).catch(() => {})'
  await using server = await startChatServer(async (request, n) => {
    const reply = (await competent(request, n)) as NeutralReply
    if (reply.toolCalls?.[0]?.name === 'run_script' && scripts++ === 0) {
      scriptSent.resolve()
      return { toolCalls: [{ name: 'run_script', args: { code } }] }
    }
    // Spends the whole cap while the first script runs.
    await Promise.race([scriptSent.promise, sleep(2_000)])
    await sleep(20)
    return { ...reply, usage: { ...USAGE, inputFreshTokens: 6_000 } }
  })
  const prices = {
    inputPerMillion: 1_000,
    cacheReadPerMillion: 1_000,
    outputPerMillion: 1_000,
    source: 'test',
    date: '2026-01-01',
  }
  const folder = await createSuite({
    models: [{ spec: `openai-compatible/local@${server.url}`, prices }],
    factors: { mode: ['structured-parallel', 'script-tool'] },
    repeats: 4,
    limits: { turnsMax: 5, runCostUsdMax: 5 },
  })
  const args = ['run', 'suite.yaml', '--out', 'run', '--concurrency', '2', ...(await sandboxFlags())]
  const { stdout } = await runCli(args, { cwd: folder })
  expect(stdout).toContain('cost cap')
  expect(scripts).toBeGreaterThan(0)
  expect(server.requests.length).toBeLessThan(5)
})
