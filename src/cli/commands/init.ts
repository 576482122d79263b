import { relative, resolve } from 'node:path'
import type { Command } from 'commander'
import { createSuite } from '../../suite/create-suite.ts'
import { printLine } from '../terminal/print.ts'

export function addInitCommand(program: Command): void {
  program
    .command('init')
    .argument('[dir]', 'where to put it', '.')
    .description('a first suite with one task, ready to run')
    .addHelpText('after', '\nExample:\n  scriptbench init bench && scriptbench run bench/suite.yaml')
    .action(async (dir: string) => {
      const file = relative('', await createSuite(resolve(dir)))
      printLine(`made ${file} and its first task`)
      printLine(`next: scriptbench run ${file}`)
    })
}
