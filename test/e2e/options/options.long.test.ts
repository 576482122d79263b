// Covers: cli/commands/ports/, cli/commands/tasks/from-commit.ts, port-check/comparison/fresh-corpora.ts

import { afterAll, describe, test } from 'vitest'
import { EVERY_OPTION, isSlow } from './every-option.ts'
import { removeRoot } from './option-case.ts'

afterAll(removeRoot)

const SLOW = EVERY_OPTION.filter(isSlow)

describe.concurrent('every slow option has its effect', () => {
  test.each(SLOW)('$title', { timeout: 120_000 }, async ({ tried }) => {
    await tried?.effect()
  })
})
