import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

let found: Promise<string | undefined> | undefined

/** The prefix of a Python that lives outside /usr (pyenv, conda), where /usr has none; looked for once a process. */
export function findPythonPrefix(): Promise<string | undefined> {
  found ??= lookForPython()
  return found
}

async function lookForPython(): Promise<string | undefined> {
  if (['/usr/bin/python3', '/usr/local/bin/python3'].some(existsSync)) return undefined
  const prefix = await askPython()
  return prefix !== undefined && isPythonPrefix(prefix) ? prefix : undefined
}

function askPython(): Promise<string | undefined> {
  return new Promise(resolve => {
    execFile('python3', ['-I', '-c', 'import sys; print(sys.base_prefix)'], { timeout: 10_000 }, (error, stdout) => {
      resolve(error ? undefined : stdout.trim())
    })
  })
}

/** Never a folder that contains more than Python, such as a home. */
export function isPythonPrefix(prefix: string): boolean {
  const isWide = prefix === '/' || `${homedir()}/`.startsWith(`${prefix}/`)
  return prefix.startsWith('/') && !isWide && existsSync(join(prefix, 'bin', 'python3'))
}
