import { join } from 'node:path'
import { expect, test } from 'vitest'
import { loadFactorModules } from '../../src/suite/load-factor-modules.ts'
import { loadSuite } from '../../src/suite/load-suite.ts'
import { temporaryTree } from './temporary-tree.ts'

async function loadModules(module: string, levels = '[plain, polite]') {
  const yaml = `models: [oracle]\nfactors: {tone: {module: ./tone.ts, levels: ${levels}}}\n`
  const dir = temporaryTree({ 'suite.yaml': yaml, 'tone.ts': module, 'package.json': '{"type":"module"}' })
  return loadFactorModules(await loadSuite(join(dir, 'suite.yaml')))
}

test('the example of the docs works', async () => {
  const [module] = await loadFactorModules(await loadSuite('docs/examples/politeness.yaml'))
  expect(module?.levels.plain).toEqual({})
  expect(module?.levels.polite?.preamble?.('Be exact.')).toMatch(/^Be exact\.\n\nThank you/)
})

test.each([
  ['code that throws', 'throw new Error("no")', /tone\.ts: cannot load the module: no/],
  ['no export', 'export const other = 1', /tone\.ts: expected an export named "factor"/],
  [
    'another name',
    'export const factor = { name: "other", levels: {} }',
    /factor\.name: expected "tone".*found "other"/,
  ],
  [
    'a level that is missing',
    'export const factor = { name: "tone", levels: { plain: {}, polit: {} } }',
    /"polite" is not a level.*"polit"/,
  ],
  [
    'an unknown hook',
    'export const factor = { name: "tone", levels: { plain: { preambel: () => "" } } }',
    /preambel: unknown key.*"preamble"/,
  ],
  [
    'a hook that is not a function',
    'export const factor = { name: "tone", levels: { plain: { tools: [] } } }',
    /factor\.levels\.plain\.tools: expected a function/,
  ],
])('a module with %s is refused', async (_what, module, expected) => {
  await expect(loadModules(module)).rejects.toMatchObject({
    code: 'suite-invalid',
    message: expect.stringMatching(expected),
  })
})
