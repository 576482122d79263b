import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { digestOf, sha256 } from '../../base/digest.ts'
import { UserError } from '../../contracts/errors.ts'
import { runProgram } from '../run-program.ts'
import { buildOnce } from './cache.ts'
import { downloadTarball, installPackages, type PublishedPackage } from './npm-client.ts'

/** The unpacked, verified tarball of one version; downloaded at most once per cache. */
export function packageFolder(cacheDir: string, wanted: PublishedPackage): Promise<string> {
  const target = join(cacheDir, 'packages', sha256(wanted.integrity))
  return buildOnce(target, async dir => {
    const tarball = await downloadTarball(wanted, dir)
    const { exitCode, stderr } = await runProgram(['tar', '-xzf', tarball, '--strip-components=1', '--no-same-owner'], {
      cwd: dir,
    })
    if (exitCode !== 0)
      throw new UserError('requirement-missing', `${wanted.name}@${wanted.version}: tar failed: ${stderr.trim()}`)
    await rm(tarball)
  })
}

/** A folder with `node_modules` of these packages; installed at most once per cache. */
export async function modulesFolder(cacheDir: string, install: readonly string[], lock?: string): Promise<string> {
  const lockDigest = lock === undefined ? undefined : sha256(await readFile(lock))
  const target = join(
    cacheDir,
    'modules',
    digestOf({ install: [...install].sort(), lockDigest, os: process.platform, cpu: process.arch }),
  )
  return buildOnce(target, dir => installPackages(install, lock, dir))
}
