import { expect, test } from 'vitest'
import { suiteContent } from '../../src/suite/suite-content.ts'
import { makeSuite } from '../matrix/matrix-fixture.ts'

const factors = (module: string) => [{ name: 'tone', levels: ['a'], module, digest: 'd' }]

test('what a manifest keeps of a suite says nothing of this machine', () => {
  const suite = makeSuite({ factors: factors('/home/me/tone.ts') })
  expect(JSON.stringify(suiteContent(suite).content)).not.toMatch(/somewhere|home/)
})

test('its digest is the same wherever the suite lies, and another for another suite', () => {
  const here = suiteContent(makeSuite({ factors: factors('/here/tone.ts') })).digest
  expect(suiteContent(makeSuite({ factors: factors('/there/tone.ts'), file: '/there/x.yaml' })).digest).toBe(here)
  expect(suiteContent(makeSuite({ repeats: 2 })).digest).not.toBe(here)
})
