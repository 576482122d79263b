// Covers: model/command/from-environment.ts, model/command/environment.ts, model/command/run-child.ts

import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import type { Clock } from '../../../src/contracts/clock.ts'
import {
  ask,
  failureOf,
  messageOf,
  modelProviderContract,
  requestOf,
  resultsOf,
  userText,
} from '../../contract/model-provider.ts'
import { provide, temporaryFolder } from '../../helpers/model-fixture.ts'
import { playedReplyOf } from '../../helpers/played-replies.ts'

const execute = promisify(execFile)

/** A command written as a shell script, or in JavaScript run by this very Node. */
async function command(script: string, environment: Record<string, string> = {}, clock?: Clock) {
  const isShell = script.startsWith('#!')
  const text = isShell ? script : `#!${process.execPath}\n${script}`
  const folder = await temporaryFolder({ player: text, 'package.json': '{"type":"module"}' })
  const provider = provide('command/player', {
    baseDir: folder.path,
    environment: { PATH: process.env.PATH ?? '', ...environment },
    ...(clock && { clock }),
  })
  return { ...folder, provider }
}

const READ =
  "import { readFileSync, writeFileSync } from 'node:fs'\nconst request = JSON.parse(readFileSync(0, 'utf8'))\n"

describe('as every provider', () => {
  modelProviderContract(
    replies =>
      command(`${READ}
const replies = ${JSON.stringify(replies.map(playedReplyOf))}
let n = 0
try { n = Number(readFileSync('count', 'utf8')) } catch {}
writeFileSync('count', String(n + 1))
console.log(JSON.stringify(replies[n]))`),
    { withoutUsage: 'estimated' },
  )
})

test('an unknown player counts as assisted', async () => {
  await using started = await command('console.log("{}")')
  expect(started.provider.playerKind).toBe('assisted')
})

test('the conversation arrives as the protocol says', async () => {
  await using started = await command(`${READ}console.log(JSON.stringify({ text: JSON.stringify(request) }))`)
  const calls = {
    role: 'assistant' as const,
    text: 'Hm.',
    toolCalls: [{ callId: 'a', name: 'readFile', argumentsText: '{' }],
  }
  const { reply } = await ask(started.provider, requestOf([userText('Go.'), calls, resultsOf(calls)]))
  expect(JSON.parse(messageOf(reply).text)).toMatchObject({
    protocol: 1,
    conversation: 'trial-1',
    system: 'You work on files.',
    messages: [
      { role: 'user', text: 'Go.' },
      calls,
      { role: 'tool', results: [{ callId: 'a', text: 'hello', isError: false }] },
    ],
    tools: [{ name: 'readFile' }],
    parallelToolCalls: true,
    parameters: {},
  })
})

test('what a reply asks to carry comes back with it', async () => {
  await using started = await command(`${READ}
console.log(JSON.stringify({ text: String(request.messages[1]?.carried?.state ?? 'none'), carried: { state: 7 } }))`)
  const said = messageOf((await ask(started.provider)).reply)
  expect(said.text).toBe('none')
  const { reply } = await ask(started.provider, requestOf([userText('a'), said, userText('b')]))
  expect(messageOf(reply).text).toBe('7')
})

test('no key reaches the command unless it is named', async () => {
  await using started = await command('console.log(JSON.stringify({ text: JSON.stringify(process.env) }))', {
    OPENAI_API_KEY: 'sk-secret',
    MY_KEY: 'mine',
    SCRIPTBENCH_COMMAND_ENV: 'MY_KEY, MISSING',
  })
  const seen = JSON.parse(messageOf((await ask(started.provider)).reply).text)
  expect(seen).toHaveProperty('MY_KEY', 'mine')
  expect(seen).toHaveProperty('PATH')
  expect(seen).not.toHaveProperty('OPENAI_API_KEY')
})

test('a named value stays out of messages', async () => {
  const environment = { MY_KEY: 'hush-hush', SCRIPTBENCH_COMMAND_ENV: 'MY_KEY' }
  await using started = await command('console.error("tried " + process.env.MY_KEY)\nprocess.exit(3)', environment)
  const { reply, attempts } = await ask(started.provider)
  expect(failureOf(reply).message).toContain('exit code 3: tried [redacted]')
  expect(JSON.stringify(attempts)).not.toContain('hush-hush')
})

test.each([
  ['a crash', 'throw new Error("boom")', 'connection', 'boom'],
  ['a signal', 'process.kill(process.pid, "SIGTERM"); setInterval(() => {}, 1000)', 'connection', 'SIGTERM'],
  ['nothing', '', 'bad-request', 'wrote nothing'],
  ['no JSON', 'console.log("hello")', 'bad-request', 'did not write a JSON object: hello'],
  ['another shape', 'console.log(JSON.stringify({ tool_calls: [] }))', 'bad-request', 'tool_calls'],
  ['a list', 'console.log("[]")', 'bad-request', 'does not match the protocol'],
  ['bad calls', 'console.log(JSON.stringify({ toolCalls: [{ args: {} }] }))', 'bad-request', 'toolCalls.0.name'],
  ['too much', 'process.stdout.write("x".repeat(17 * 1024 * 1024))', 'bad-request', 'more than'],
  ['an unknown interpreter', '#!/nonexistent/interpreter\n', 'bad-request', 'could not be started'],
])('%s is a failure', async (_name, script, expected, part) => {
  await using started = await command(script)
  const failure = failureOf((await ask(started.provider)).reply)
  expect(failure).toMatchObject({ class: expected, message: expect.stringContaining(part) })
})

const realClock: Clock = {
  nowMs: () => performance.now(),
  date: () => new Date(),
  sleep: (durationMs, signal) => wait(durationMs, undefined, signal && { signal }).catch(() => {}),
}

/** A zombie that was not reaped yet is not alive. */
async function isAlive(pid: number): Promise<boolean> {
  const { stdout } = await execute('ps', ['-o', 'stat=', '-p', String(pid)]).catch(() => ({ stdout: '' }))
  return stdout.trim() !== '' && !stdout.startsWith('Z')
}

test('a command that hangs is ended with all it started', async () => {
  const environment = { SCRIPTBENCH_COMMAND_TIMEOUT_MS: '400' }
  await using started = await command('#!/bin/sh\nsleep 987654 &\necho $! > child\nwait\n', environment, realClock)
  const controller = new AbortController()
  const asked = started.provider.ask(requestOf(), { signal: controller.signal, onAttempt: () => controller.abort() })
  expect(failureOf(await asked)).toMatchObject({
    class: 'connection',
    message: expect.stringContaining('within 400 ms'),
  })
  const pid = Number(await readFile(`${started.path}/child`, 'utf8'))
  await expect.poll(() => isAlive(pid)).toBe(false)
})

test('what a child leaves behind does not delay the reply', async () => {
  await using started = await command('#!/bin/sh\nsleep 30 &\necho \'{"text": "done"}\'\n')
  expect(messageOf((await ask(started.provider)).reply).text).toBe('done')
})

test('a command that does not read its input can still answer', async () => {
  await using started = await command('#!/bin/sh\nexec 0<&-\necho \'{"text": "blind"}\'\n')
  const request = requestOf([userText('x'.repeat(1_000_000))])
  expect(messageOf((await ask(started.provider, request)).reply).text).toBe('blind')
})

test('a program that is missing or cannot run is an error before the first turn', async () => {
  await using folder = await temporaryFolder()
  expect(() => provide('command/nobody', { baseDir: folder.path })).toThrow(/nobody cannot be run/)
  expect(() => provide(`command/${folder.path}`)).toThrow(/not a file/)
})

test('a timeout that is not a number is a mistake', async () => {
  await expect(command('', { SCRIPTBENCH_COMMAND_TIMEOUT_MS: '5s' })).rejects.toThrow(/SCRIPTBENCH_COMMAND_TIMEOUT_MS/)
})

test('an abort ends a command that is at work', async () => {
  await using started = await command('#!/bin/sh\nsleep 987654\n')
  const controller = new AbortController()
  setTimeout(() => controller.abort(), 100)
  const { reply, attempts } = await ask(started.provider, requestOf(), controller.signal)
  expect(failureOf(reply).message).toBe('the request was aborted')
  expect(attempts).toHaveLength(1)
})
