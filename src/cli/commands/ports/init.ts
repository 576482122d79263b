import { join, relative, resolve } from 'node:path'
import { initPort } from '../../../port-check/init/init-port.ts'
import { packageVersion } from '../../../run/package-version.ts'
import type { Action } from '../../options/command-table.ts'
import { printLine } from '../../terminal/print.ts'

export const init: Action<'ports init'> = async ({ dir }, { language, tool }) => {
  const { files, steps } = await initPort({
    dir: resolve(dir),
    language,
    version: packageVersion(),
    ...(tool && { tools: tool }),
  })
  for (const file of files) printLine(`made ${relative('', join(dir, file))}`)
  const place = relative('', resolve(dir))
  printLine(`\nnext${place === '' ? '' : `, in ${place}`}:`)
  for (const [index, step] of steps.entries()) printLine(`${index + 1}. ${step}`)
}
