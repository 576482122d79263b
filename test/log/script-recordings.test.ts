import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest'
import { scriptMode } from '../../src/agent/script-mode.ts'
import type { TrialEvent } from '../../src/contracts/events.ts'
import { SCRIPT_LIMITS_DEFAULT } from '../../src/contracts/script.ts'
import type { Toolbox } from '../../src/contracts/tool.ts'
import { readTrialLog } from '../../src/log/read-trial-log.ts'
import { redactSecrets } from '../../src/log/redact-secrets.ts'
import { scriptRecordings } from '../../src/log/script-recordings.ts'
import { createTrialLog } from '../../src/log/trial-log.ts'
import { createScriptEngine } from '../../src/script-engine/create-script-engine.ts'
import { trialEvents } from '../helpers/trial-events.ts'

const SECRET = 'sk-0123456789abcdef'
const engine = createScriptEngine({ workers: 1 })
afterAll(() => engine.close())

let dir = ''
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'scriptbench-recordings-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const toolbox: Toolbox = {
  definitions: ['text', 'echo', 'fail'].map(name => {
    return { name, description: '', inputSchema: { type: 'object' }, resultSchema: {}, effect: 'read' }
  }),
  call: async ({ args, tool }) => {
    if (tool === 'fail') return { ok: false, error: { code: 'not-found', message: 'no such file' } }
    if (tool === 'echo') return { ok: true, result: args, text: '' }
    return { ok: true, result: 'x'.repeat((args as { length: number }).length), text: '' }
  },
}

/** The events that a trial running these programs leaves in its log on disk. */
async function logOf(...sources: string[]): Promise<TrialEvent[]> {
  const file = join(dir, 'events.jsonl')
  const clock = { nowMs: () => 0, date: () => new Date(0), sleep: async () => undefined }
  const log = createTrialLog({ file, clock, redact: redactSecrets([SECRET]) })
  const mode = scriptMode({
    ...{ carrier: 'native', toolbox, engine, protocol: '', leniency: 'strict', limits: SCRIPT_LIMITS_DEFAULT },
    ...{ seed: 'seed', record: log.record, content: log.content },
    context: { workingDirectory: '/workspace', conversationId: 'c', limits: {}, env: {} },
  })
  const actions = sources.map(source => ({ kind: 'script', callId: 'c', source }) as const)
  await mode.perform(actions, 1, new AbortController().signal)
  await log.close()
  const read = await readTrialLog(file)
  if (!read.ok) throw new Error(read.error.message)
  return read.value.events
}

async function replaysOf(events: readonly TrialEvent[]) {
  return Promise.all(
    scriptRecordings(events).map(async logged =>
      logged.kind === 'recorded' ? (await engine.replay(logged.recording)).kind : logged.reason,
    ),
  )
}

const contents = (events: readonly TrialEvent[], kind: string) =>
  events.filter(event => event.type === 'content' && event.kind === kind)

test('scripts replay from the log alone', async () => {
  const events = await logOf(
    'console.log("a", Date.now()); return await tools.echo({ n: [1, "é"], "10": 1, b: 2 })',
    'return await Promise.allSettled([tools.fail({}), tools.text({ length: 3000 }), tools.text({ length: 10 })])',
    'throw new Error("x")',
    'await tools.nope({})',
    'for (let i = 0; i < 5; i++) await tools.echo({ i: i / 3 })',
  )
  expect(await replaysOf(events)).toEqual(Array.from({ length: 5 }, () => 'identical'))
})

test('what scripts share is stored once: tools and context, long results', async () => {
  const source = 'await tools.text({ length: 5000 }); return (await tools.text({ length: 5000 }) as string)'
  const events = await logOf(source, source, 'return await tools.echo({})')
  expect(contents(events, 'result')).toHaveLength(1)
  expect(contents(events, 'script-setting')).toHaveLength(1)
  expect(await replaysOf(events)).toEqual(['identical', 'identical', 'identical'])
})

test('beyond 1 Mi characters of results the recording is left out, with the reason', async () => {
  const source = 'for (let i = 0; i < 3; i++) await tools.text({ length: 400_000 }); return 1'
  const events = await logOf(source, 'return 1')
  expect(contents(events, 'result')).toEqual([])
  expect(await replaysOf(events)).toEqual([expect.stringContaining('1200007 characters'), 'identical'])
})

test.each([
  ['a long result', `return (await tools.echo({ s: 'sk-' + '0123456789abcdef', t: 'x'.repeat(500) }) as any).t`],
  ['a short result', `await tools.echo({ s: 'sk-' + '0123456789abcdef' })`],
  ['the source', `return "${SECRET}".length`],
  ['a log line', `console.log('sk-' + '0123456789abcdef')`],
])('a secret removed from %s is not a divergence', async (_, source) => {
  const events = await logOf(source, 'return 2')
  expect(JSON.stringify(events)).not.toContain(SECRET)
  expect(await replaysOf(events)).toEqual([expect.stringContaining('a secret was removed'), 'identical'])
})

test('a script that never started says so', async () => {
  expect(await replaysOf(await logOf('const a: = 1'))).toEqual(['the script never started'])
})

test('a log of version 1 and one that breaks off are skipped with their reason', () => {
  const reasons = scriptRecordings(trialEvents({ turns: [{ script: {} }, { script: { isOpen: true } }] }))
  expect(reasons).toMatchObject([
    { script: 't1.s1', kind: 'skipped', reason: expect.stringContaining('before recordings were kept') },
    { script: 't2.s1', kind: 'skipped', reason: expect.stringContaining('ends before the script') },
  ])
})

test('a damaged recording is skipped', async () => {
  const events = await logOf('return await tools.echo({})')
  for (const damage of [{ deliveries: 7 }, { setting: 'gone' }, { seed: 'other' }, { value: null }]) {
    const damaged = events.map(event =>
      event.type === 'script_recording' ? { ...event, recording: { ...event.recording, ...damage } } : event,
    ) as TrialEvent[]
    expect(scriptRecordings(damaged)[0]?.kind).toBe('skipped')
  }
})
