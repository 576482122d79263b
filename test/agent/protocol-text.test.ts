import { expect, test } from 'vitest'
import { protocolText, RUN_SCRIPT } from '../../src/agent/protocol-text.ts'
import { BUILT_IN_FACTORS, MODES } from '../../src/contracts/arm.ts'

const declarations = 'declare const tools: { exec(): Promise<void> }'
const textOf = (mode: (typeof MODES)[number], wording: 'a' | 'b' = 'a', patchCarrier: 'tool' | 'shell' = 'tool') =>
  protocolText({ mode, wording, patchCarrier, declarations })

test('every mode that can start calls together is asked to, in the same words', () => {
  const sentence = 'Start calls that do not depend on each other together.'
  for (const wording of BUILT_IN_FACTORS.protocolText) {
    expect(MODES.filter(mode => textOf(mode, wording).includes(sentence))).toEqual(
      MODES.filter(mode => mode !== 'structured-serial'),
    )
  }
})

test('only scripts see declarations, and only script-text speaks of tags', () => {
  expect(MODES.filter(mode => textOf(mode).includes(declarations))).toEqual(['script-tool', 'script-text'])
  expect(MODES.filter(mode => textOf(mode).includes('<tool-calls>'))).toEqual(['script-text'])
  expect(MODES.filter(mode => textOf(mode).includes(RUN_SCRIPT.name))).toEqual(['script-tool'])
})

test('the two wordings differ and are about as long', () => {
  for (const mode of MODES) {
    const [a, b] = [textOf(mode, 'a'), textOf(mode, 'b')]
    expect(a).not.toBe(b)
    expect(Math.abs(a.length - b.length) / a.length).toBeLessThan(0.3)
  }
})

test('patches by shell are explained in the same words in every mode', () => {
  const added = MODES.map(mode => textOf(mode, 'a', 'shell').length - textOf(mode).length)
  expect(new Set(added).size).toBe(1)
  expect(added[0]).toBeGreaterThan(100)
})
