// Covers: viewer/markup/highlight.ts, viewer/story/output-pieces.ts, viewer/story/patch-files.ts
// Covers: viewer/story/request-story.ts, viewer/story/trial-story.ts

import { describe, expect, test } from 'vitest'
import { digestOf } from '../../src/base/digest.ts'
import type { TrialEvent } from '../../src/contracts/events.ts'
import { highlightedLines } from '../../src/viewer/markup/highlight.ts'
import type { CallResult } from '../../src/viewer/story/call-results.ts'
import { execOutput } from '../../src/viewer/story/output-pieces.ts'
import { patchFiles } from '../../src/viewer/story/patch-files.ts'
import { type CallStory, trialStory } from '../../src/viewer/story/trial-story.ts'
import { type CallPlan, trialEvents } from '../helpers/trial-events.ts'

/** The first call of a trial that makes just this one. */
function callOf(plan: CallPlan): CallStory {
  const call = trialStory(trialEvents({ turns: [{ calls: [plan] }] })).calls[0]
  if (call === undefined) throw new Error('no call')
  return call
}

describe('trialStory', () => {
  test('numbers calls in the order in which they were made, whichever ended first', () => {
    const calls = [
      { startMs: 0, durationMs: 90 },
      { startMs: 5, durationMs: 10 },
    ]
    const story = trialStory(trialEvents({ turns: [{ calls }] }))
    expect(story.calls.map(call => [call.number, call.record.callId])).toEqual([
      [1, 't1.1'],
      [2, 't1.2'],
    ])
  })

  test('puts calls on the clock of the events, whatever their own clock counts from', () => {
    const events = trialEvents({ turns: [{ calls: [{ startMs: 20, durationMs: 30 }] }] })
    const shifted = events.map(event => (event.type === 'tool_call' ? withClock(event, 50_000) : event))
    expect(trialStory(shifted).calls[0]?.startedMs).toBeCloseTo(trialStory(events).calls[0]?.startedMs ?? -1)
  })

  test('tells what a request carries on, what changed in it and what is new', () => {
    const story = trialStory(
      withMessages([
        ['a', 'b'],
        ['a', 'c', 'd', 'e'],
      ]),
    )
    const { carried, changed, fresh } = story.turns[1]?.request ?? { carried: -1, changed: [], fresh: [] }
    expect([carried, changed, fresh]).toEqual([1, ['c'], ['d', 'e']])
  })

  test('a log that breaks off inside a script has a script without an end', () => {
    const story = trialStory(trialEvents({ turns: [{ script: { isOpen: true } }], isInterrupted: true }))
    expect(story.scripts[0]?.end).toBeUndefined()
    expect(story.end).toBeUndefined()
  })
})

function withClock(event: Extract<TrialEvent, { type: 'tool_call' }>, byMs: number): TrialEvent {
  const { queuedAtMs, startedAtMs, endedAtMs } = event.call
  const times = { queuedAtMs: queuedAtMs + byMs, startedAtMs: startedAtMs + byMs, endedAtMs: endedAtMs + byMs }
  return { ...event, call: { ...event.call, ...times } }
}

/** A trial whose requests hold the given messages, each stored as a plain text. */
function withMessages(requests: readonly string[][]): TrialEvent[] {
  const stored = [...new Set(requests.flat())].map(value => ({
    type: 'content',
    hash: digestOf(value),
    kind: 'message',
    value,
  }))
  const sent = requests.map((messages, index) => ({
    ...{ type: 'model_request', turn: index + 1, system: 's', tools: 't', messages: messages.map(digestOf), bytes: 1 },
    ...{ contextTokens: 1, reinjectedCopies: 0, reinjectedTokens: 0, promptDistanceTokens: 0 },
  }))
  return [...stored, ...sent].map((event, seq) => ({ seq, atMs: seq, ...event }) as TrialEvent)
}

describe('execOutput', () => {
  const trace = (bytes: readonly (readonly ['stdout' | 'stderr', number])[]): CallStory['record'] => {
    const first = bytes.map(([stream, length], index) => ({ stream, atMs: index * 10, bytes: length }))
    return callOf({ tool: 'exec', facts: { output: { deltas: { stdout: 1, stderr: 1 }, first } } }).record
  }
  const shown = (body: string): CallResult => ({
    kind: 'text',
    text: `Exit code: 0\nWall time: 0.1 seconds\nOutput:\n${body}`,
  })

  test('cuts a text at the pieces in which it came, by bytes', () => {
    const output = execOutput(
      trace([
        ['stdout', 5],
        ['stderr', 4],
      ]),
      shown('häl\nno!\n'),
    )
    expect(output).toEqual({
      kind: 'pieces',
      pieces: [
        { stream: 'stdout', atMs: 0, text: 'häl\n' },
        { stream: 'stderr', atMs: 10, text: 'no!\n' },
      ],
    })
  })

  test('shows a text uncut where the pieces do not add up to it', () => {
    expect(execOutput(trace([['stdout', 3]]), shown('longer'))).toMatchObject({ kind: 'whole', text: 'longer' })
  })

  test('tells the streams of a script’s result apart', () => {
    const json = JSON.stringify({ exitCode: 0, stdout: 'a', stderr: 'b', aggregatedOutput: 'ab' })
    expect(execOutput(trace([['stdout', 9]]), { kind: 'json', json })).toMatchObject({
      kind: 'streams',
      stdout: 'a',
      stderr: 'b',
    })
  })
})

describe('patchFiles', () => {
  test('takes each file of each successful patch', () => {
    const patch =
      '*** Begin Patch\n*** Add File: a.txt\n+one\n*** Update File: b.txt\n*** Move to: c.txt\n@@\n-x\n+y\n*** Delete File: d.txt\n*** End Patch\n'
    const call = callOf({ tool: 'applyPatch', args: { patch } })
    expect(patchFiles([call]).map(({ path, action, movedTo, lines }) => [path, action, movedTo, lines])).toEqual([
      ['a.txt', 'add', undefined, ['+one']],
      ['b.txt', 'update', 'c.txt', ['@@', '-x', '+y']],
      ['d.txt', 'delete', undefined, []],
    ])
  })

  test('leaves out what failed', () => {
    const error = { code: 'failed', message: 'no' } as const
    expect(
      patchFiles([callOf({ tool: 'applyPatch', args: { patch: '*** Add File: a' }, status: 'failed', error })]),
    ).toEqual([])
  })
})

describe('highlightedLines', () => {
  test('has one piece of markup a line, each with as many starts of spans as ends', () => {
    const source = 'const a = `one\ntwo $' + '{b}\nthree`\n/* x\n y */ return a'
    const lines = highlightedLines(source).map(line => line.markup)
    expect(lines).toHaveLength(5)
    for (const line of lines) expect(line.match(/<span/g)?.length ?? 0).toBe(line.match(/<\/span>/g)?.length ?? 0)
  })

  test('escapes what it colours', () => {
    const [line] = highlightedLines('const a = "<img src=x onerror=alert(1)>" // </span><script>')
    expect(line?.markup).not.toMatch(/<(?!span class="hljs-[\w -]+">|\/span>)/)
  })
})
