import { spawn } from 'node:child_process'
import { chmodSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { PROJECT_ROOT } from '../../helpers/run-cli.ts'
import { type CasesOf, printed, put, ROOT } from './option-case.ts'
import { sampledRun } from './shared-runs.ts'

/** A browser that only notes what it was asked to open. */
function fakeBrowser(name: string): { path: string; opened: string } {
  const opened = join(ROOT, name, 'opened')
  for (const opener of ['xdg-open', 'open']) {
    put({ [`${name}/${opener}`]: `#!/bin/sh\necho "$1" > '${opened}.part' && mv '${opened}.part' '${opened}'\n` })
    chmodSync(join(ROOT, name, opener), 0o755)
  }
  return { path: `${join(ROOT, name)}:${process.env.PATH}`, opened }
}

/** Starts the viewer, waits until `isDone` and stops it by Ctrl-C; what it printed. */
async function viewed(flags: readonly string[], path: string, isDone: (text: string) => boolean): Promise<string> {
  const main = join(PROJECT_ROOT, 'src', 'cli', 'main.ts')
  const env = { ...process.env, PATH: path }
  const child = spawn(process.execPath, [main, 'view', await sampledRun(), ...flags], { cwd: ROOT, env })
  let text = ''
  child.stdout.on('data', part => {
    text += part
  })
  const ended = new Promise(resolve => child.once('close', resolve))
  while (!isDone(text) && child.exitCode === null) await new Promise(resolve => setTimeout(resolve, 20))
  child.kill('SIGINT')
  expect(await ended).toBe(0)
  return text
}

const isAddress = (text: string) => text.endsWith('\n')

export const VIEW_CASES: CasesOf<'view'> = {
  port: {
    effect: async () => {
      const { path } = fakeBrowser('browser-port')
      const port = 20_000 + (process.pid % 20_000)
      const text = await viewed(['--no-open', '--port', String(port)], path, isAddress)
      expect(text).toMatch(new RegExp(`^http://127\\.0\\.0\\.1:${port}/`))
    },
    wrong: [['--port', '65536'], 'expected a whole number from 0 to 65535'],
  },
  open: {
    effect: async () => {
      const { path, opened } = fakeBrowser('browser')
      const silent = await viewed(['--no-open'], path, isAddress)
      expect(silent).toMatch(/^http/)
      expect(existsSync(opened)).toBe(false)
      const text = await viewed([], path, () => existsSync(opened))
      expect(readFileSync(opened, 'utf8')).toBe(text)
    },
  },
  export: {
    effect: async () => {
      const run = await sampledRun()
      expect(await printed(['view', run, '--export', 'pages'])).toMatch(/^wrote \d+ pages; open pages\/index.html/)
      expect(existsSync(join(ROOT, 'pages/index.html'))).toBe(true)
    },
    wrong: [['sample', '--export', '.'], 'not empty'],
  },
}
