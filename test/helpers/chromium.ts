import { delimiter, join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'
import { isExecutable } from '../../src/os-sandbox/find-program.ts'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

/** A real Chromium without a window. Its absence is a failure: nothing else shows that the pages work. */
export function launchChromium(): Promise<Browser> {
  const executablePath = findChromium()
  if (executablePath === undefined)
    throw new Error(
      'These tests need Chromium: install it (Debian, Ubuntu: apt-get install chromium), or set CHROMIUM_PATH to the program.',
    )
  // Without user namespaces, as in most containers, Chromium's own sandbox cannot start; the pages are ours.
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'] })
}

function findChromium(): string | undefined {
  const given = process.env.CHROMIUM_PATH
  if (given !== undefined && given !== '') return given
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin']
  const candidates = folders.flatMap(folder => NAMES.map(name => join(folder, name)))
  return [...candidates, ...PLACES].find(isExecutable)
}
