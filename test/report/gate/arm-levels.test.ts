import { expect, test } from 'vitest'
import { armText, hasLevels, levelsOfArm } from '../../../src/report/gate/arm-levels.ts'
import { trialOf } from '../../helpers/compared-run.ts'

test('an arm has its mode, what differs from the defaults, and its own factors', () => {
  const trial = trialOf({ mode: 'script-tool', reinjection: 'tail', custom: { tone: 'terse' } })
  expect(levelsOfArm(trial)).toEqual({ mode: 'script-tool', reinjection: 'tail', tone: 'terse' })
  expect(levelsOfArm(trialOf({ mode: 'structured-parallel' }))).toEqual({ mode: 'structured-parallel' })
})

test('an arm in a line begins with its mode', () => {
  expect(armText({ mode: 'script-tool' })).toBe('script-tool')
  expect(armText({ tone: 'terse', mode: 'script-tool', reinjection: 'tail' })).toBe(
    'script-tool tone=terse reinjection=tail',
  )
})

test.each([
  ['a level that it has', { mode: 'script-tool' }, true],
  ['another level', { mode: 'script-text' }, false],
  ['the default of a factor that it does not name', { mode: 'script-tool', reinjection: 'off' }, true],
  ['another level of such a factor', { reinjection: 'tail' }, false],
  ['a factor that is not built in and that it does not name', { tone: 'terse' }, false],
  ['a name that every object has', { constructor: 'off' }, false],
  ['nothing', {}, true],
])('asked for %s', (_what, asked, isFound) => {
  expect(hasLevels({ mode: 'script-tool' }, asked)).toBe(isFound)
})
