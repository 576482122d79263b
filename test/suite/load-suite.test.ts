// Covers: contracts/errors.ts, suite/factors.ts, suite/package-folder.ts, suite/suite-problems.ts, suite/yaml-source.ts

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { TRIAL_LIMITS_DEFAULT } from '../../src/contracts/suite.ts'
import { loadSuite } from '../../src/suite/load-suite.ts'
import { temporaryTree, userError } from './temporary-tree.ts'

async function load(yaml: string, files: Record<string, string> = {}) {
  return loadSuite(join(temporaryTree({ 'suite.yaml': yaml, ...files }), 'suite.yaml'))
}

async function complaint(yaml: string): Promise<string> {
  const { code, message } = await userError(load(yaml))
  expect(code).toBe('suite-invalid')
  return message
}

describe('a suite that is right', () => {
  test('gets its defaults', async () => {
    const suite = await load('models: [oracle]\n')
    expect(suite).toMatchObject({
      name: 'suite',
      tasks: ['*'],
      models: [{ spec: 'oracle', parameters: {} }],
      factors: [],
      repeats: 1,
      limits: TRIAL_LIMITS_DEFAULT,
      approval: { policy: 'never', answer: 'deny' },
      sandbox: { mechanism: 'auto', policy: 'workspace-write' },
      seed: 1,
    })
    expect(suite).not.toHaveProperty('runCostUsdMax')
  })

  test('keeps what is written, parameters apart from prices', async () => {
    const suite = await load(`
models:
  - spec: anthropic/x
    temperature: 0
    maxOutputTokens: 100
    prices: {inputPerMillion: 3, outputPerMillion: 15, source: a page, date: 2026-01-31}
limits: {turnsMax: 3, runCostUsdMax: 1}
`)
    expect(suite.models).toEqual([
      {
        spec: 'anthropic/x',
        parameters: { temperature: 0, maxOutputTokens: 100 },
        prices: { inputPerMillion: 3, outputPerMillion: 15, source: 'a page', date: '2026-01-31' },
      },
    ])
    expect(suite.limits).toEqual({ ...TRIAL_LIMITS_DEFAULT, turnsMax: 3 })
    expect(suite.runCostUsdMax).toBe(1)
  })

  test('finds its tasks next to itself when the working directory has none', async () => {
    const dir = temporaryTree({ 'suite.yaml': 'models: [oracle]\ntasksDir: own-tasks\n', 'own-tasks/x': '' })
    expect((await loadSuite(join(dir, 'suite.yaml'))).tasksDir).toBe(join(dir, 'own-tasks'))
  })

  test('of the package is found from anywhere', async () => {
    expect((await loadSuite('suites/npm-real.yaml')).sources).toHaveLength(7)
  })

  test('names a custom factor with the digest of its module', async () => {
    const yaml = 'models: [oracle]\nfactors: {tone: {module: ./tone.ts, levels: [a, b]}}\n'
    const first = await load(yaml, { 'tone.ts': '1' })
    const second = await load(yaml, { 'tone.ts': '2' })
    expect(first.factors[0]).toMatchObject({ name: 'tone', levels: ['a', 'b'] })
    expect(first.factors[0]?.digest).not.toBe(second.factors[0]?.digest)
  })
})

describe('a mistake is named with file, line, field and expectation', () => {
  test.each([
    ['an unknown key', 'models: [oracle]\nrepeat: 2\n', /suite\.yaml:2: repeat: unknown key; did you mean "repeats"\?/],
    [
      'an unknown nested key',
      'models: [oracle]\nlimits:\n  turnMax: 2\n',
      /suite\.yaml:3: limits\.turnMax: .*"turnsMax"/,
    ],
    [
      'a key of a model',
      'models:\n  - oracle\n  - {spec: nop, temperatur: 1}\n',
      /:3: models\[1\]\.temperatur: .*"temperature"/,
    ],
    ['a wrong type', 'models: [oracle]\nrepeats: many\n', /:2: repeats: expected a number, found "many"/],
    ['a number out of range', 'models: [oracle]\nrepeats: 0\n', /:2: repeats: expected more than 0, found 0/],
    ['a missing key', 'tasks: ["*"]\n', /:1: models: missing; expected a list/],
    ['an empty list', 'models: []\n', /:1: models: expected at least 1 entries, found \[\]/],
    [
      'a level',
      'models: [oracle]\nfactors:\n  mode:\n    - script-tol\n',
      /:4: factors\.mode\[0\]: .*did you mean "script-tool"/,
    ],
    [
      'a factor',
      'models: [oracle]\nfactors:\n  mod: [a]\n',
      /:3: factors\.mod: unknown factor "mod"; did you mean "mode"/,
    ],
    [
      'a level twice',
      'models: [oracle]\nfactors: {mode: [script-tool, script-tool]}\n',
      /factors\.mode: level "script-tool" is a duplicate/,
    ],
    [
      'a missing module',
      'models: [oracle]\nfactors: {tone: {module: ./no.ts, levels: [a]}}\n',
      /factors\.tone\.module: .*no file at \.\/no\.ts/,
    ],
    [
      'a reserved factor',
      'models: [oracle]\nfactors: {model: {module: ./no.ts, levels: [a]}}\n',
      /"model" is reserved/,
    ],
    ['a model twice', 'models: [oracle, oracle]\n', /models\[1\]: oracle is listed twice/],
    ['a player kind', 'models: [{spec: openai/x, playerKind: api}]\n', /playerKind: expected only for command/],
    [
      'a price without a date',
      'models: [{spec: a/b, prices: {inputPerMillion: 1, outputPerMillion: 1, source: x}}]\n',
      /prices\.date: missing/,
    ],
    [
      'an analysis of no factor',
      'models: [oracle]\nanalysis: {primary: turns, factor: mode, baseline: a}\n',
      /:2: analysis\.factor: expected one of/,
    ],
    [
      'a baseline',
      'models: [oracle]\nfactors: {mode: [script-tool]}\nanalysis: {primary: turns, factor: mode, baseline: script}\n',
      /:3: analysis\.baseline: .*"script-tool"/,
    ],
    ['a tasks folder', 'models: [oracle]\ntasksDir: nowhere\n', /:2: tasksDir: no folder "nowhere"/],
    [
      'an approval that cannot be given',
      'models: [oracle]\napproval: {answer: ask}\n',
      /approval\.answer: the policy "never" does not ask/,
    ],
    ['broken YAML', 'models: [oracle\nx: 1\n', /suite\.yaml:\d+:\d+: not valid YAML/],
    ['a key twice', 'models: [oracle]\nmodels: [nop]\n', /suite\.yaml:2:1: not valid YAML/],
    ['a file that is not a table', '- a\n', /:1: the file: expected an object, found \["a"\]/],
    ['an empty file', '', /:1: the file: expected an object, found null/],
    ['a prototype', 'models: [oracle]\nfactors:\n  __proto__: [a]\n', /:3: __proto__: a key cannot have this name/],
    [
      'a name of every object',
      'models: [oracle]\nfactors: {constructor: {module: ./no.ts, levels: [a]}}\n',
      /"constructor" is reserved/,
    ],
    ['infinity', 'models: [oracle]\nlimits: {costUsdMax: .inf}\n', /limits\.costUsdMax: expected a number/],
  ])('%s', async (_what, yaml, expected) => {
    expect(await complaint(yaml)).toMatch(expected)
  })

  test('all of them together', async () => {
    const message = await complaint('models: [5]\nrepeats: 0\nseed: -1\n')
    expect(message.split('\n')).toHaveLength(3)
  })

  test('a suite that is not there', async () => {
    expect(await userError(loadSuite('no/such/suite.yaml'))).toMatchObject({ code: 'file-not-found' })
  })

  test('an alias bomb', async () => {
    const levels = Array.from(
      { length: 9 },
      (_, index) => `a${index + 1}: &a${index + 1} [${Array(10).fill(`*a${index}`).join(', ')}]`,
    )
    expect(await complaint(`a0: &a0 [x]\n${levels.join('\n')}\n`)).toMatch(/not usable YAML|unknown key/)
  })
})

describe('sources', () => {
  const source = `
models: [oracle]
sources:
  - id: one
    package: qs
    version: 1.0.0
    integrity: sha512-${'a'.repeat(86)}==
    instruction: Do it.
    stratum: one
`

  test('need something that decides', async () => {
    expect(await complaint(source)).toMatch(/sources\[0\]: expected either `mended`, or both `check` and `solution`/)
  })

  test.each([
    ['a range', 'version: 1.0.0', 'version: ^1.0.0', /:6: sources\[0\]\.version: expected an exact version/],
    ['a short digest', /sha512-a+==/, 'sha512-abc', /:7: sources\[0\]\.integrity/],
    ['an option as a name', 'package: qs', 'package: --registry', /sources\[0\]\.package: expected a package name/],
    ['a path as an id', 'id: one', 'id: ../one', /:4: sources\[0\]\.id/],
  ])('refuse %s', async (_what, from, to, expected) => {
    expect(await complaint(source.replace(from, to))).toMatch(expected)
  })

  test('refuse paths that lead out', async () => {
    expect(await complaint(`${source}    check: ../../etc/passwd\n`)).toMatch(
      /sources\[0\]\.check: expected a relative path/,
    )
  })
})

test('loading any file gives a suite or a UserError', async () => {
  const dir = temporaryTree()
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.json(), fc.string(), fc.string({ unit: 'binary' })), async text => {
      writeFileSync(join(dir, 'any.yaml'), text)
      await loadSuite(join(dir, 'any.yaml')).catch(error => expect(error).toHaveProperty('name', 'UserError'))
    }),
    { numRuns: 60 },
  )
})
