import { expect, test } from 'vitest'
import { failureTraits } from '../../../src/base/models/failure-class.ts'
import type { ModelFailureClass } from '../../../src/contracts/model.ts'
import { MODEL_FAILURE_CLASSES } from '../../../src/contracts/traits/model-failures.ts'

test('what is retried is neither billed nor the end of a trial by itself', () => {
  const retried = MODEL_FAILURE_CLASSES.filter(failureClass => failureTraits(failureClass).isRetried)
  expect(retried).toEqual(['rate-limit', 'overloaded', 'connection'])
  expect(retried.map(failureTraits)).toEqual(retried.map(() => ({ isRetried: true, isBilled: false, end: 'failed' })))
})

test.each(['constructor', 'another'])('the unknown class %s ends the trial and is not retried', failureClass => {
  expect(failureTraits(failureClass as ModelFailureClass)).toEqual({ isRetried: false, isBilled: false, end: 'failed' })
})
