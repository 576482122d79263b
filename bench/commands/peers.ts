import type { Command } from 'commander'
import { printLine } from '../../src/cli/terminal/print.ts'
import { installPeers } from '../engine/peers/install-peers.ts'

export function addPeersCommand(bench: Command): void {
  bench
    .command('peers')
    .description('install the engines that `npm run bench -- engine` compares with ours into a cache, with npm')
    .addHelpText('after', '\nExample:\n  npm run bench -- peers')
    .action(async () => {
      const installed = await installPeers()
      for (const { name, version, dir, problem } of installed) {
        printLine(`${problem === undefined ? '✓' : '✗'} ${name} ${version}  ${problem ?? dir}`)
      }
      if (installed.some(({ problem }) => problem !== undefined)) process.exitCode = 1
    })
}
