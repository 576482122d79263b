import { spawn } from 'node:child_process'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { UserError } from '../../contracts/errors.ts'
import { EXIT } from '../../contracts/exit-codes.ts'
import { exportSite } from '../../viewer/export-site.ts'
import { findRuns } from '../../viewer/library/find-runs.ts'
import { startViewer } from '../../viewer/start-viewer.ts'
import { abortOnInterrupt } from '../terminal/interrupt.ts'
import { printLine } from '../terminal/print.ts'

interface ViewOptions {
  port: number
  open: boolean
  export?: string
}

export function addViewCommand(program: Command): void {
  program
    .command('view')
    .argument('[reports]', 'a folder with runs, or a run', 'reports')
    .description('look at runs, trials and comparisons in a browser; changes nothing')
    .addOption(new Option('--port <number>', 'port on 127.0.0.1').default(0, 'any free one').argParser(parsePort))
    .option('--no-open', 'print the address without opening a browser')
    .option('--export <dir>', 'write the pages as files that need no server, and end')
    .addHelpText(
      'after',
      `
The address holds a key: whoever has it can read the runs, nobody else can. Ctrl-C ends the server.

Examples:
  scriptbench view
  scriptbench view reports/demo --no-open --port 4870
  scriptbench view reports/demo --export demo-pages

Exit codes: 0 done or ended by Ctrl-C, 1 no such folder, port in use, or export folder not empty.`,
    )
    .action(async (reportsDir: string, options: ViewOptions) => {
      const runs = await findRuns(reportsDir)
      if (!runs.ok)
        throw new UserError(
          'file-not-found',
          `${runs.error} Name the folder that holds the runs; "scriptbench run" makes reports/.`,
        )
      if (options.export === undefined) await serve(reportsDir, options)
      else await writeCopy(reportsDir, options.export)
    })
}

async function serve(reportsDir: string, { port, open }: ViewOptions): Promise<void> {
  const viewer = await startViewer(reportsDir, port)
  printLine(viewer.url)
  if (open) openBrowser(viewer.url)
  await new Promise<void>(resolve => {
    process.once('SIGINT', resolve)
    process.once('SIGTERM', resolve)
  })
  await viewer.close()
}

async function writeCopy(reportsDir: string, outDir: string): Promise<void> {
  const interrupt = abortOnInterrupt()
  try {
    const { pages } = await exportSite(reportsDir, outDir, interrupt.signal)
    if (interrupt.wasInterrupted()) process.exitCode = EXIT.interrupted
    else printLine(`wrote ${pages} pages; open ${outDir}/index.html`)
  } finally {
    interrupt.release()
  }
}

const OPENERS: Partial<Record<NodeJS.Platform, [command: string, ...args: string[]]>> = {
  darwin: ['open'],
  win32: ['explorer'],
}

/** Where there is no browser, the printed address is enough. */
function openBrowser(url: string): void {
  const [command, ...args] = OPENERS[process.platform] ?? ['xdg-open']
  const child = spawn(command, [...args, url], { stdio: 'ignore', detached: true })
  child.on('error', () => undefined)
  child.unref()
}

function parsePort(text: string): number {
  const port = Number(text)
  if (/^\d+$/.test(text) && port <= 65_535) return port
  throw new InvalidArgumentError('expected a number from 0 to 65535')
}
