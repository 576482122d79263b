import { expect, test } from 'vitest'
import { argumentsLine, callMarkup } from '../../../../src/viewer/pages/trial/call-markup.ts'
import type { CallStory } from '../../../../src/viewer/story/trial-story.ts'

const RECORD = {
  ...{ callId: 't1.1', tool: 'exec', args: { command: ['ls'] }, status: 'ok', effect: 'read', facts: {} },
  ...{ queuedAtMs: 0, startedAtMs: 5, endedAtMs: 45, approvalMs: 0, resultBytes: 300, textBytes: 250 },
}

function shown(record: object = {}, story: object = {}): string {
  const call = { number: 3, record: { ...RECORD, ...record }, ...story } as unknown as CallStory
  return callMarkup(call, { isWhole: true, onCut() {} }).markup
}

test.each([
  [{ command: ['git', 'log', '-1'] }, 'git log -1'],
  [{ command: ['a', 7] }, 'a 7'],
  [{ patch: '*** Add File: a\n+x\n*** Delete File: b' }, 'a, b'],
  [{ filePath: 'a.txt', limit: 3 }, 'a.txt'],
  [{ pattern: 'x', dirPath: 'src' }, 'src'],
  [{ query: 'app' }, 'app'],
  [{ other: 1 }, '{"other":1}'],
  [undefined, 'null'],
])('what a call with %j is about: %s', (args, line) => {
  expect(argumentsLine(args as never)).toBe(line)
})

test('a call that went well, with its times', () => {
  const html = shown({ approval: 'granted', approvalMs: 2000, facts: { osSandboxMs: 4, compound: true, wrote: ['a'] } })
  expect(html).toContain('id="call-3"')
  expect(html).toContain('queued 5.0 ms · ran 40 ms · OS sandbox ≈4.0 ms · approval granted after 2.0 s')
  expect(html).toMatch(/result 300 bytes, as text 250 · a shell program of several commands · wrote a</)
})

test('a call that failed has its error, and says nothing of a result', () => {
  const html = shown({ tool: 'readFile', status: 'failed', error: { code: 'not-found', message: 'no <a>' } })
  expect(html).toContain('aria-label="failed">✗')
  expect(html).toContain('not-found: <span class="message">no &lt;a&gt;')
  expect(html).not.toContain('The log has the size')
})

test('a patch is shown in its own lines, apart from the other arguments', () => {
  const html = shown({ tool: 'applyPatch', args: { patch: '*** Add File: a\n+x', dryRun: true } })
  expect(html).toContain('*** Add File: a\n+x')
  expect(html).toContain('&quot;dryRun&quot;: true')
  expect(html).not.toContain('&quot;patch&quot;')
})

test('a result is what the model was shown, or what the script got', () => {
  const own = { tool: 'readFile' }
  expect(shown(own, { result: { kind: 'text', text: 'hello' } })).toMatch(/as the model was shown it.*hello/s)
  const json = shown(own, { result: { kind: 'json', json: '{"a":1}' } })
  expect(json).toMatch(/as the script got it.*{\n {2}&quot;a&quot;: 1\n}/s)
  expect(shown(own, { result: { kind: 'json', json: '{"a":' } })).toContain('{&quot;a&quot;:')
})

test('the exit code is that of the text or of the value', () => {
  expect(shown({}, { result: { kind: 'text', text: 'Exit code: -9\nOutput:\nx' } })).toContain('exit code -9')
  const value = JSON.stringify({ exitCode: 2, aggregatedOutput: 'outerr', stdout: 'out', stderr: 'err' })
  const html = shown({}, { result: { kind: 'json', json: value } })
  expect(html).toContain('exit code 2')
  expect(html).toMatch(/stdout.*out.*stderr.*err/s)
})
