import { relative, resolve } from 'node:path'
import { createSuite } from '../../suite/create-suite.ts'
import type { Action } from '../options/command-table.ts'
import { printLine } from '../terminal/print.ts'

export const init: Action<'init'> = async ({ dir }) => {
  const file = relative('', await createSuite(resolve(dir)))
  printLine(`created ${file} and its first task`)
  printLine(`next: scriptbench run ${file}`)
}
