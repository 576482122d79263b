import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, isAbsolute, join } from 'node:path'

/** The absolute path of a program on a PATH. */
export function findProgram(name: string, path: string | undefined = process.env.PATH): string | undefined {
  const folders = (path ?? '').split(delimiter).filter(isAbsolute)
  return folders.map(folder => join(folder, name)).find(isExecutable)
}

/** Whether the file exists and this user can run it. */
export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}
