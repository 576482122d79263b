import { posix } from 'node:path'

/** How 0.169 reads a path, as part of a file URL: no `.`, `..`, doubled or trailing slash, and no tab or line break. */
export function lexicalPath(spelled: string, cwd: string): string {
  return posix.resolve(cwd, spelled.replace(/[\t\r\n]/g, ''))
}
