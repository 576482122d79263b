import { spawn } from 'node:child_process'
import { UserError } from '../../contracts/errors.ts'
import { EXIT } from '../../contracts/exit-codes.ts'
import { exportSite } from '../../viewer/export-site.ts'
import { findRuns } from '../../viewer/library/find-runs.ts'
import { startViewer } from '../../viewer/start-viewer.ts'
import type { Action, OptionsOf } from '../options/command-table.ts'
import { abortOnInterrupt } from '../terminal/interrupt.ts'
import { printLine } from '../terminal/print.ts'

export const view: Action<'view'> = async ({ reports }, options) => {
  const runs = await findRuns(reports)
  if (!runs.ok) {
    throw new UserError(
      'file-not-found',
      `${runs.error} Name the folder that contains the runs; "scriptbench run" creates reports/.`,
    )
  }
  if (options.export === undefined) await serve(reports, options)
  else await writeCopy(reports, options.export)
}

async function serve(reportsDir: string, { port, open }: OptionsOf<'view'>): Promise<void> {
  const viewer = await startViewer(reportsDir, port)
  // Whoever has read the address can stop it.
  const stopped = new Promise(resolve => {
    process.once('SIGINT', resolve)
    process.once('SIGTERM', resolve)
  })
  printLine(viewer.url)
  if (open) openBrowser(viewer.url)
  await stopped
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
