import { accessSync, constants } from 'node:fs'
import { delimiter, isAbsolute, join } from 'node:path'

/** The ripgrep that came with the package, else the machine's own; absent when there is neither. */
export async function findRipgrep(path = process.env.PATH ?? ''): Promise<string | undefined> {
  const bundled = await import('@vscode/ripgrep').then(
    module => module.rgPath,
    () => undefined,
  )
  const folders = path.split(delimiter).filter(isAbsolute)
  return [...(bundled === undefined ? [] : [bundled]), ...folders.map(folder => join(folder, 'rg'))].find(isExecutable)
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
