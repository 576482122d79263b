import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { UserError } from '../../../src/contracts/errors.ts'
import { detectBubblewrap } from '../../../src/os-sandbox/detect-bubblewrap.ts'

const MEMORY_DIR = '/dev/shm'
/** Where the cases keep what is outside of their trees. */
const OUTSIDE_DIR = '/var/tmp'

/**
 * The words that start a program which can write nothing but its own folders: a broken tool can delete the wrong files,
 * and cases delete much. Capabilities stay, since tools make sandboxes in there. Rejects with a `UserError` where
 * bubblewrap does not work.
 */
export async function containment(dir: string, others: readonly string[] = []): Promise<string[]> {
  const bubblewrap = await detectBubblewrap()
  if (bubblewrap.kind === 'broken') {
    throw new UserError(
      'sandbox-unavailable',
      `ports mutate runs tools that are broken on purpose, inside bubblewrap: ${bubblewrap.reason}. ${bubblewrap.remedy}`,
    )
  }
  const temporaryDir = join(dir, 'tmp')
  const processesDir = join(dir, 'proc')
  for (const folder of [temporaryDir, processesDir]) mkdirSync(folder, { recursive: true })
  return [
    ...[bubblewrap.path, '--ro-bind', '/', '/', '--dev-bind', '/dev', '/dev', '--unshare-pid', '--proc', '/proc'],
    // Otherwise all of it would be writable, with the rest of /dev.
    ...(existsSync(MEMORY_DIR) ? ['--tmpfs', MEMORY_DIR] : []),
    ...others.flatMap(other => ['--bind', other, other]),
    ...['--bind', OUTSIDE_DIR, OUTSIDE_DIR, '--bind', dir, dir, '--setenv', 'TMPDIR', temporaryDir],
    // bubblewrap covers parts of root's /proc; the kernel lets a sandbox in here have its own only next to one that is not covered.
    ...['--bind', '/proc', processesDir],
    ...['--cap-add', 'ALL', '--die-with-parent', '--chdir', dir, '--'],
  ]
}
