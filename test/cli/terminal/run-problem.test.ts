import { expect, test } from 'vitest'
import { runProblem } from '../../../src/cli/terminal/run-problem.ts'

test('what was expected is said, unless the problem says itself what to do', () => {
  expect(runProblem('x/manifest.json: no such file').message).toContain('expected the folder of a run')
  expect(runProblem('x/manifest.json: too new. Update scriptbench.').message).toBe(
    'x/manifest.json: too new. Update scriptbench.',
  )
})
