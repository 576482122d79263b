import { expect, test } from 'vitest'
import { INIT_TOOLS, initTools } from '../../../src/port-check/init/init-tools.ts'

test('an adapter is written for applyPatch if no tool is named', () => {
  expect(initTools()).toEqual(['applyPatch'])
})

test('tools come in their own order, each once', () => {
  expect(initTools(['listDir', 'exec', 'listDir'])).toEqual(['exec', 'listDir'])
  expect(initTools([...INIT_TOOLS].reverse())).toEqual([...INIT_TOOLS])
})

test('an unknown tool is a usage error that lists the known ones', () => {
  expect(() => initTools(['exec', 'execute'])).toThrow(
    '--tool execute: expected one of applyPatch, exec, readFile, listDir, grepFiles, fileSearch.',
  )
})
