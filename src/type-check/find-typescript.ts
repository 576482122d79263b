import { createRequire } from 'node:module'
import { join } from 'node:path'

/** The last line of TypeScript that can be used as a library has its own package name, so that it can be installed next to other versions. */
const PACKAGE = 'typescript-5.9'

export const TYPESCRIPT_REMEDY = `install it with \`npm i -D ${PACKAGE}@npm:typescript@5.9\``

/** The file of TypeScript's library: next to this package, or in the working folder. Nothing where it is not installed. */
export function findTypeScript(folders: readonly string[] = [import.meta.url, join(process.cwd(), 'package.json')]) {
  for (const folder of folders) {
    try {
      return createRequire(folder).resolve(PACKAGE)
    } catch {
      // Not there; try the next place.
    }
  }
  return undefined
}
