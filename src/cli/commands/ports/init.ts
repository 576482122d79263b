import { join, relative, resolve } from 'node:path'
import { type Command, Option } from 'commander'
import { INIT_LANGUAGES, type InitLanguage, initPort } from '../../../port-check/init/init-port.ts'
import { packageVersion } from '../../../run/package-version.ts'
import { collect } from '../../options.ts'
import { printLine } from '../../terminal/print.ts'

interface InitFlags {
  language: InitLanguage
  tool?: string[]
}

export function addPortsInitCommand(ports: Command): void {
  ports
    .command('init')
    .argument('[dir]', 'the root of your repository', '.')
    .description('create an adapter and a CI workflow for your own port')
    .option('--tool <names...>', 'its tools: applyPatch (default), exec, readFile, listDir, …', collect)
    .addOption(new Option('--language <name>', 'language of the adapter').choices(INIT_LANGUAGES).default('typescript'))
    .addHelpText('after', '\nExample:\n  scriptbench ports init --tool listDir readFile')
    .action(initAction)
}

async function initAction(dir: string, { language, tool }: InitFlags): Promise<void> {
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
