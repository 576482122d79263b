import { existsSync } from 'node:fs'
import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { UserError } from '../contracts/errors.ts'
import { shownPath } from './shown-path.ts'

/** Writes files below a folder; `.sh` files become executable. */
export async function writeFolder(dir: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    const file = join(dir, path)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, content, { flag: 'wx' })
    if (path.endsWith('.sh')) await chmod(file, 0o755)
  }
}

/** Nothing of a user's is ever overwritten. */
export function refuseExisting(path: string): void {
  if (existsSync(path))
    throw new UserError('usage', `${shownPath(path)}: already exists; choose another name or remove it`)
}
