import { describe, expect, test } from 'vitest'
import { copiesIn, positionRow } from '../../docs/generate/positions.ts'
import { CARRIAGES, requestsOf } from '../../docs/generate/sample-conversation.ts'
import { bodyOf, historyBytes, slotsOf, WIRES } from '../../docs/generate/wire-bodies.ts'
import type { ReinjectionLevel } from '../../src/agent/reinjection.ts'
import { REINJECTIONS } from '../../src/contracts/arm.ts'

const CARRIERS = ['tool-result', 'user-text'] as const
const LEVELS = REINJECTIONS.flatMap(reinjection =>
  CARRIERS.map((carrier): ReinjectionLevel => ({ reinjection, carrier })),
)
const COPY_START = /<(original-user-prompt|harness-neutral-note)>/
/** Requests 0–2 belong to the first prompt, 3–5 to the second. */
const SECOND_PROMPT_FROM = 3

const native = (
  wire: (typeof WIRES)[number],
  reinjection: ReinjectionLevel['reinjection'],
  carrier: 'tool-result' | 'user-text' = 'tool-result',
) => positionRow(wire, 'native', { reinjection, carrier }).position
const text = (wire: (typeof WIRES)[number], reinjection: ReinjectionLevel['reinjection']) =>
  positionRow(wire, 'text', { reinjection, carrier: 'tool-result' }).position

describe('the position of each level', () => {
  test.each([
    ['openai', 'function_call_output'],
    ['openai-compatible', 'tool message'],
    ['anthropic', 'tool_result block'],
  ] as const)('%s: native results carry a copy in the first bytes of the first of them', (wire, kind) => {
    for (const level of ['turn-top', 'turn-top-kept', 'placebo'] as const) {
      expect(native(wire, level)).toBe(`first bytes of the ${kind} with the first of the turn’s results`)
    }
  })

  test.each([
    ['openai', 'a user message of its own right after the function_call_output'],
    ['openai-compatible', 'a user message of its own right after the tool message'],
    ['anthropic', 'a text block of its own in the same message, right after the tool_result block'],
  ] as const)('%s: user text, and the tail, come right behind the last native result', (wire, place) => {
    for (const level of ['turn-top', 'turn-top-kept', 'placebo', 'tail'] as const) {
      expect(native(wire, level, 'user-text')).toBe(`${place} with the last of the turn’s results`)
    }
  })

  test.each([
    ['openai', 'first bytes of the user message with the observation'],
    ['openai-compatible', 'first bytes of the user message with the observation'],
    ['anthropic', 'a text block of its own in the same message, right before the text block with the observation'],
  ] as const)('%s: an observation as text has its copy in front', (wire, place) => {
    for (const level of ['turn-top', 'turn-top-kept', 'placebo'] as const) expect(text(wire, level)).toBe(place)
  })

  test.each([
    ['openai', 'a user message of its own right after the user message with the observation'],
    ['openai-compatible', 'last bytes of the user message with the observation'],
    ['anthropic', 'a text block of its own in the same message, right after the text block with the observation'],
  ] as const)('%s: the tail comes behind an observation as text', (wire, place) => {
    expect(text(wire, 'tail')).toBe(place)
  })

  test.each([
    ['openai', 'a user message of its own right before the user message with the first prompt'],
    ['openai-compatible', 'first bytes of the user message with the first prompt'],
    ['anthropic', 'a text block of its own in the same message, right before the text block with the first prompt'],
  ] as const)('%s: history-top is before the history', (wire, place) => {
    expect(native(wire, 'history-top')).toBe(place)
    expect(text(wire, 'history-top')).toBe(place)
  })
})

describe.each(WIRES)('%s', wire => {
  test.each(CARRIAGES)('the number of copies in each request of a conversation (%s)', carriage => {
    const counts = (reinjection: ReinjectionLevel['reinjection']) =>
      requestsOf(carriage, { reinjection, carrier: 'tool-result' }).map(
        request => copiesIn(slotsOf(wire, request)).length,
      )
    expect(counts('off')).toEqual([0, 0, 0, 0, 0, 0])
    expect(counts('turn-top')).toEqual([0, 1, 1, 0, 1, 1])
    expect(counts('tail')).toEqual([0, 1, 1, 0, 1, 1])
    expect(counts('turn-top-kept')).toEqual([0, 1, 2, 2, 3, 4])
    expect(counts('placebo')).toEqual([0, 1, 2, 2, 3, 4])
    expect(counts('history-top')).toEqual([1, 1, 1, 1, 1, 1])
  })

  test('the carrier makes a difference only for copies on native results', () => {
    for (const reinjection of REINJECTIONS) {
      for (const carriage of CARRIAGES) {
        const [one, other] = CARRIERS.map(carrier =>
          requestsOf(carriage, { reinjection, carrier }).map(request => historyBytes(wire, request)),
        )
        const isOnResults = carriage === 'native' && /^(turn-top|turn-top-kept|placebo)$/.test(reinjection)
        if (isOnResults) expect(one).not.toEqual(other)
        else expect(one).toEqual(other)
      }
    }
  })

  test.each(CARRIAGES)('the newest copy is of the newest prompt (%s)', carriage => {
    for (const level of LEVELS.filter(({ reinjection }) => reinjection !== 'off' && reinjection !== 'placebo')) {
      for (const [turn, request] of requestsOf(carriage, level).entries()) {
        const slots = slotsOf(wire, request)
        const newest = slots[copiesIn(slots).at(-1) ?? -1]?.text
        if (newest === undefined || turn === SECOND_PROMPT_FROM) continue
        expect(newest).toContain(`<original-user-prompt>\n${turn < SECOND_PROMPT_FROM ? 'first' : 'second'} prompt\n`)
      }
    }
  })

  test.each(CARRIAGES)('kept copies and placebos: each request is a byte prefix of the next (%s)', carriage => {
    for (const level of LEVELS.filter(({ reinjection }) => /off|kept|placebo/.test(reinjection))) {
      const bytes = requestsOf(carriage, level).map(request => historyBytes(wire, request))
      for (const [turn, earlier] of bytes.slice(0, -1).entries())
        expect(bytes[turn + 1]?.startsWith(earlier)).toBe(true)
    }
  })

  test.each(CARRIAGES)(
    'history-top: each request is a byte prefix of the next one of the same prompt (%s)',
    carriage => {
      const bytes = requestsOf(carriage, { reinjection: 'history-top', carrier: 'tool-result' }).map(request =>
        historyBytes(wire, request),
      )
      for (const [turn, earlier] of bytes.slice(0, -1).entries()) {
        expect(bytes[turn + 1]?.startsWith(earlier)).toBe(turn + 1 !== SECOND_PROMPT_FROM)
      }
    },
  )

  test.each(CARRIAGES)('a moving copy: the next request repeats every text ahead of it (%s)', carriage => {
    for (const level of LEVELS.filter(({ reinjection }) => reinjection === 'turn-top' || reinjection === 'tail')) {
      const texts = requestsOf(carriage, level).map(request =>
        slotsOf(wire, request).map(({ kind, text }) => kind + text),
      )
      for (const [turn, earlier] of texts.slice(0, -1).entries()) {
        const ahead = earlier.join('\n').split(COPY_START)[0] as string
        // The name of what contains the copy comes before it too, but does not have to come again.
        const { length } = ahead.replace(/\n[\w ]*$/, '')
        expect(texts[turn + 1]?.join('\n').slice(0, length)).toBe(ahead.slice(0, length))
        expect(length).toBeGreaterThanOrEqual('first prompt'.length)
      }
    }
  })
})

describe('Anthropic breakpoints', () => {
  test.each(CARRIAGES)('are never on a moving copy or after it (%s)', carriage => {
    for (const level of LEVELS.filter(({ reinjection }) => reinjection === 'turn-top' || reinjection === 'tail')) {
      for (const request of requestsOf(carriage, level)) {
        const slots = slotsOf('anthropic', request)
        const [moving = Number.POSITIVE_INFINITY] = copiesIn(slots)
        const marked = slots.flatMap((slot, index) => (slot.isCacheBreakpoint ? [index] : []))
        expect(marked.length).toBeGreaterThan(0)
        for (const index of marked) expect(index).toBeLessThan(moving)
      }
    }
  })

  test.each(CARRIAGES)('end the history where nothing moves (%s)', carriage => {
    for (const level of LEVELS.filter(({ reinjection }) => !/^(turn-top|tail)$/.test(reinjection))) {
      for (const request of requestsOf(carriage, level)) {
        expect(slotsOf('anthropic', request).at(-1)?.isCacheBreakpoint).toBe(true)
      }
    }
  })

  test('are four at most, the one after system and tools included', () => {
    for (const level of LEVELS) {
      for (const request of requestsOf('native', level)) {
        const marks = JSON.stringify(bodyOf('anthropic', request)).match(/"cache_control"/g) ?? []
        expect(marks.length).toBeLessThanOrEqual(4)
      }
    }
  })

  test('the last breakpoint of a request is inside what the next one repeats', () => {
    for (const level of LEVELS) {
      const requests = requestsOf('native', level)
      for (const [turn, request] of requests.slice(0, -1).entries()) {
        if (level.reinjection === 'history-top' && turn + 1 === SECOND_PROMPT_FROM) continue
        const now = slotsOf('anthropic', request)
        const next = slotsOf('anthropic', requests[turn + 1] as typeof request)
        const last = now.findLastIndex(slot => slot.isCacheBreakpoint)
        expect(next.slice(0, last + 1).map(slot => slot.text)).toEqual(now.slice(0, last + 1).map(slot => slot.text))
      }
    }
  })
})
