import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

/** The folder of our own package: it contains `suites/` and `fixtures/`, in a checkout and when installed. */
export const PACKAGE_DIR = packageDir()

function packageDir(): string {
  let dir = import.meta.dirname
  while (!existsSync(join(dir, 'package.json')) && dirname(dir) !== dir) dir = dirname(dir)
  return dir
}

/** The first of the places where a relative path exists, or `undefined`. */
export function findIn(path: string, dirs: readonly string[]): string | undefined {
  return dirs.map(dir => resolve(dir, path)).find(candidate => existsSync(candidate))
}
