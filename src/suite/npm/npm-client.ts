import { createHash } from 'node:crypto'
import { copyFile, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { UserError } from '../../contracts/errors.ts'
import { runProgram } from '../run-program.ts'

/** A published version with the digest it must have. */
export interface PublishedPackage {
  name: string
  version: string
  integrity: string
}

const QUIET = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error']
const RETRIES = ['--fetch-retries=2', '--fetch-retry-mintimeout=500', '--fetch-retry-maxtimeout=1000']

/** Downloads a version's tarball with the npm client into an empty folder and verifies its digest. */
export async function downloadTarball(wanted: PublishedPackage, dir: string): Promise<string> {
  const spec = `${wanted.name}@${wanted.version}`
  const stdout = await npm(['pack', spec, '--json', '--pack-destination', dir], { dir, what: spec })
  const file = join(dir, tarballName(stdout, spec))
  const digest = `sha512-${createHash('sha512')
    .update(await readFile(file))
    .digest('base64')}`
  if (digest !== wanted.integrity)
    throw new UserError(
      'suite-invalid',
      `${spec}: its tarball has the digest ${digest}; expected ${wanted.integrity} as the suite pins it`,
    )
  return file
}

/** Fills `dir/node_modules` with exactly these packages, by the lock where there is one. */
export async function installPackages(
  install: readonly string[],
  lock: string | undefined,
  dir: string,
): Promise<void> {
  const dependencies = Object.fromEntries(
    install.map(pinned => [pinned.slice(0, pinned.lastIndexOf('@')), pinned.slice(pinned.lastIndexOf('@') + 1)]),
  )
  await writeFile(join(dir, 'package.json'), JSON.stringify({ private: true, dependencies }))
  const what = install.join(', ')
  if (lock === undefined) await npm(['install', '--no-save', '--no-package-lock'], { dir, what })
  else {
    await copyFile(lock, join(dir, 'package-lock.json'))
    await npm(['ci'], { dir, what })
  }
  await rm(join(dir, 'node_modules', '.package-lock.json'), { force: true })
}

async function npm(args: readonly string[], { dir, what }: { dir: string; what: string }): Promise<string> {
  const result = await runProgram(['npm', ...args, ...QUIET, ...RETRIES], { cwd: dir })
  if (result.exitCode === 0) return result.stdout.toString()
  throw npmError(what, `${result.stdout}\n${result.stderr}`)
}

const NETWORK_CODES =
  /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ENOTCACHED|ERR_SOCKET_TIMEOUT|EPIPE|E5\d\d)\b/

function npmError(what: string, output: string): UserError {
  const network = NETWORK_CODES.exec(output)
  if (network)
    return new UserError(
      'network-unavailable',
      `${what}: npm could not reach its registry (${network[1]}); connect to the network, or prepare the tasks once on a connected machine and copy the cache folder`,
    )
  const [reason] = /npm (?:error|ERR!) (?!code)[^\n]+/.exec(output) ?? [output.trim().slice(0, 300)]
  if (/\b(E404|ETARGET)\b/.test(output))
    return new UserError(
      'suite-invalid',
      `${what}: no such published version (${reason}); expected a version that npm can find`,
    )
  return new UserError('requirement-missing', `${what}: npm failed: ${reason}`)
}

/** Old npm versions print warnings before the JSON. */
function tarballName(stdout: string, spec: string): string {
  const parsed: unknown = JSON.parse(stdout.slice(Math.max(0, stdout.indexOf('[')))) as unknown
  const name = (parsed as { filename?: unknown }[])[0]?.filename
  if (typeof name !== 'string')
    throw new UserError('requirement-missing', `${spec}: this npm does not report what it packed; use npm 9 or later`)
  return name.replace('/', '-').replace(/^@/, '')
}
