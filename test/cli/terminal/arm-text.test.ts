import { expect, test } from 'vitest'
import { armText } from '../../../src/cli/terminal/arm-text.ts'
import type { Arm } from '../../../src/contracts/arm.ts'

const ARM: Arm = {
  mode: 'script-tool',
  reinjection: 'off',
  reinjectionCarrier: 'tool-result',
  tools: 'full',
  leniency: 'lenient',
  protocolText: 'a',
  patchCarrier: 'tool',
  typeCheck: 'off',
  custom: {},
}

test('arms that differ in any factor read differently', () => {
  expect(armText(ARM)).toBe('script-tool off')
  expect(armText({ ...ARM, protocolText: 'b', custom: { politeness: 'plain' } })).toBe(
    'script-tool off protocolText=b politeness=plain',
  )
})
