// Covers: cli/commands/, cli/options/command-spec.ts, cli/run-program.ts, cli/terminal/print.ts
// Covers: cli/terminal/write-documents.ts

import { afterAll, describe, expect, test } from 'vitest'
import { kebab } from '../../../src/cli/options/command-spec.ts'
import { EXIT } from '../../../src/contracts/exit-codes.ts'
import { EVERY_OPTION, isSlow } from './every-option.ts'
import { cli, removeRoot } from './option-case.ts'
import { refusedByParser } from './parser-refusal.ts'
import { upstream } from './port-cases.ts'

afterAll(removeRoot)

test.each(EVERY_OPTION)('$title has an end-to-end test, and one of a wrong value where it is parsed', option => {
  const { spec, tried } = option
  expect(tried?.effect).toBeTypeOf('function')
  if (spec.parse !== undefined || spec.choices !== undefined) expect(tried?.wrong).toBeDefined()
})

const QUICK = EVERY_OPTION.filter(option => option.tried !== undefined && !isSlow(option))

describe.concurrent('every option has its effect', () => {
  test.each(QUICK)('$title', { timeout: 60_000 }, async ({ tried }) => {
    await tried?.effect()
  })
})

const WITH_WRONG_VALUE = EVERY_OPTION.flatMap(({ command, title, tried }) =>
  tried?.wrong === undefined ? [] : [{ command, title, wrong: tried.wrong }],
)

describe.concurrent('a wrong value is one clear error', () => {
  test.each(WITH_WRONG_VALUE)('$title', { timeout: 60_000 }, async ({ command, wrong }) => {
    const [args, message, expected = EXIT.usage] = wrong
    const words = [...command.split(' '), ...args]
    // Most are refused by the parser, which needs no process of its own.
    const { exitCode, stderr, stdout } = (await refusedByParser(words)) ?? (await cli(words, await upstream()))
    expect(stderr).toContain(message)
    expect(stderr.match(/^error: /gm)).toHaveLength(1)
    expect(stderr).not.toMatch(/\n\s+at /)
    expect({ exitCode, stdout }).toEqual({ exitCode: expected, stdout: '' })
  })
})

const CONFLICTS = EVERY_OPTION.flatMap(({ command, title, key, spec }) =>
  (spec.conflicts ?? []).map(other => ({ command, title, flags: [key, other].map(name => `--${kebab(name)}`) })),
)

test.each(CONFLICTS)('$title: $flags exclude each other', async ({ command, flags }) => {
  const args = flags.flatMap(flag => [flag, '1'])
  const refused = await refusedByParser([...command.split(' '), 'x', ...args])
  expect(refused).toMatchObject({
    exitCode: EXIT.usage,
    stderr: expect.stringContaining('cannot be used with option'),
  })
})
