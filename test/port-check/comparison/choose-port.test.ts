// Covers: port-check/comparison/choose-tool.ts
import { describe, expect, test } from 'vitest'
import { adviceWords } from '../../../src/port-check/comparison/advice.ts'
import { choosePort } from '../../../src/port-check/comparison/choose-port.ts'
import { chooseTool, type ToolFacts } from '../../../src/port-check/comparison/choose-tool.ts'
import type { Speed } from '../../../src/port-check/comparison/time-ports.ts'
import type { ToolResult } from '../../../src/port-check/comparison/tool-result.ts'
import type { PortTool } from '../../../src/port-check/port/port-protocol.ts'

function standing(passed: number, { identical = passed, lines = 100, status = 'partial' as const, ...more } = {}) {
  const source = { files: ['port.ts'], lines, digest: String(lines) }
  return { status, checked: 10, passed, identical, errors: 0, source, ...more } satisfies ToolResult
}

function facts(a: ToolResult, b: ToolResult, more: Partial<ToolFacts> = {}): ToolFacts {
  return { a, b, class: 'different', cases: 10, features: [], ...more }
}

const MISSING: ToolResult = { status: 'missing', checked: 0, passed: 0, identical: 0, errors: 0 }
const FASTER_B: Speed = { cases: 1, rounds: 1, aMs: 2, bMs: 1, aFasterShare: 0, faster: 'b' }

describe('of one tool', () => {
  test('behaviour comes first, whatever the rest says', () => {
    const { keep, decidedBy, reasons } = chooseTool(
      facts(standing(9, { identical: 0, lines: 900 }), standing(8), { speed: FASTER_B }),
    )
    expect([keep, decidedBy, reasons]).toEqual(['a', 'behaviour', ['behaviour: A 9, B 8 of 10 cases']])
  })

  test('then text', () => {
    const advice = chooseTool(facts(standing(9, { identical: 7 }), standing(9, { identical: 8 })))
    expect(advice).toMatchObject({ keep: 'b', decidedBy: 'text' })
    expect(advice.reasons).toEqual(['behaviour: both 9 of 10 cases', 'text: A 7, B 8 of 10 cases'])
  })

  test('then speed', () => {
    const advice = chooseTool(facts(standing(9, { lines: 10 }), standing(9), { speed: FASTER_B }))
    expect(advice).toMatchObject({ keep: 'b', decidedBy: 'speed' })
    expect(advice.reasons.at(-1)).toBe('speed: B is faster (A 2.00 ms, B 1.00 ms per case)')
  })

  test('then size, where it differs by a tenth', () => {
    expect(chooseTool(facts(standing(9, { lines: 90 }), standing(9)))).toMatchObject({ keep: 'a', decidedBy: 'size' })
    expect(chooseTool(facts(standing(9, { lines: 91 }), standing(9)))).toMatchObject({ keep: 'either' })
  })

  test('the same source is not weighed against itself', () => {
    const advice = chooseTool(facts(standing(9), standing(9), { class: 'same', speed: FASTER_B }))
    expect(advice).toMatchObject({ keep: 'either', decidedBy: 'nothing' })
  })

  test('one that is missing or a stub loses, however many cases it passes by doing nothing', () => {
    const stub = { ...standing(9), status: 'stub' as const }
    expect(chooseTool(facts(MISSING, standing(1)))).toMatchObject({ keep: 'b', decidedBy: 'presence' })
    expect(chooseTool(facts(stub, standing(1)))).toMatchObject({ keep: 'b', decidedBy: 'presence' })
    expect(chooseTool(facts(MISSING, MISSING))).toMatchObject({ keep: 'neither' })
  })

  test('what only the other one can is to be copied from it', () => {
    const features = [
      { name: 'moving files', cases: 2, a: 1, b: 2 },
      { name: 'adding files', cases: 2, a: 2, b: 1 },
    ]
    expect(adviceWords(chooseTool(facts(standing(9), standing(8), { features })))).toBe(
      'keep A; copy moving files from B',
    )
  })
})

describe('of all tools', () => {
  const chosen = (tool: PortTool, given: ToolFacts) => ({
    tool,
    version: '0.55.0',
    ...given,
    advice: chooseTool(given),
  })

  test('the one that passes more is kept, and takes over what the other one does better', () => {
    const features = [{ name: 'moving files', cases: 2, a: 1, b: 2 }]
    const advice = choosePort([
      chosen('applyPatch', facts(standing(9), standing(3), { features })),
      chosen('readFile', facts(standing(5), standing(6))),
      chosen('listDir', facts(standing(9), standing(9), { speed: FASTER_B })),
      chosen('grepFiles', facts(MISSING, standing(2))),
    ])
    expect(adviceWords(advice)).toBe(
      'keep A; copy applyPatch 0.55.0 (moving files), readFile 0.55.0, grepFiles 0.55.0 from B',
    )
  })

  test('equal ones are told apart by the number of tools, or not at all', () => {
    const faster = chosen('listDir', facts(standing(9), standing(9), { speed: FASTER_B }))
    expect(choosePort([faster])).toMatchObject({ keep: 'b', decidedBy: 'tools' })
    expect(choosePort([chosen('listDir', facts(standing(9), standing(9)))])).toMatchObject({ keep: 'either' })
  })
})
