import { expect, test } from 'vitest'
import { isEvidence, playerTraits } from '../../../src/base/models/player-kind.ts'
import type { PlayerKind } from '../../../src/contracts/model.ts'
import { PLAYER_KINDS } from '../../../src/contracts/traits/player-kinds.ts'

test('only a model, asked now or recorded, is evidence about models', () => {
  expect(PLAYER_KINDS.filter(isEvidence)).toEqual(['api', 'recorded'])
})

test('only players whose every command the author of the suite wrote can do without a sandbox', () => {
  expect(PLAYER_KINDS.filter(kind => playerTraits(kind).isTrusted)).toEqual(['scripted', 'simulated', 'oracle', 'nop'])
})

test('whoever can reach a provider can cost money', () => {
  expect(PLAYER_KINDS.filter(kind => playerTraits(kind).isBilled)).toEqual(['api', 'assisted'])
})

test.each(['toString', 'another'])('of the unknown kind %s nothing is claimed', kind => {
  expect(playerTraits(kind as PlayerKind)).toBe(playerTraits('assisted'))
})
