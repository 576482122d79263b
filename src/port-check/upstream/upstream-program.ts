import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rename } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { defined } from '../../base/defined.ts'
import { UserError } from '../../contracts/errors.ts'
import { ownChild, ownFolder } from '../leftovers.ts'

/** The real program, installed. */
export interface UpstreamProgram {
  /** As npm writes it: `@openai/codex@0.169.0`. */
  spec: string
  version: string
  file: string
  /** Digest of the file. */
  sha256: string
  /** Programs it needs on PATH; absent where it brings none. */
  pathDir?: string
  /** A folder outside of the temporary one, in which its sessions keep their homes. */
  homesDir: string
}

/** The real program is not available here: no network, or no release for this platform. Not a mistake of the caller. */
export class UpstreamUnavailable extends Error {
  override readonly name = 'UpstreamUnavailable'
}

const PACKAGE = '@openai/codex'
const INSTALL_TIMEOUT_MS = 600_000

const TARGETS: Record<string, string> = {
  'linux-x64': 'x86_64-unknown-linux-musl',
  'linux-arm64': 'aarch64-unknown-linux-musl',
  'darwin-x64': 'x86_64-apple-darwin',
  'darwin-arm64': 'aarch64-apple-darwin',
}

/** `@openai/codex@0.169.0`, or the version alone → the version. Throws a `UserError` for anything else. */
export function upstreamVersion(spec: string): string {
  const version = spec.startsWith(`${PACKAGE}@`) ? spec.slice(PACKAGE.length + 1) : spec
  if (/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version)) return version
  throw new UserError('usage', `--upstream ${spec}: expected a release such as ${PACKAGE}@0.169.0.`)
}

/** Where releases are kept: `$XDG_CACHE_HOME/scriptbench/upstream`. */
export function upstreamCacheDir(env: NodeJS.ProcessEnv = process.env): string {
  return join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'scriptbench', 'upstream')
}

export interface InstallOptions {
  cacheDir?: string
  /** Called before something is downloaded, which takes a while. */
  onInstall?(spec: string): void
}

/**
 * Installs a release into the cache, unless it is there. Its scripts are not run; npm checks what it fetches against the
 * registry's digests. Rejects with `UpstreamUnavailable`, or with a `UserError` for anything that is not a release.
 */
export async function installUpstream(spec: string, options: InstallOptions = {}): Promise<UpstreamProgram> {
  const { cacheDir = upstreamCacheDir(), onInstall } = options
  const version = upstreamVersion(spec)
  const folder = join(cacheDir, version)
  if ((await findBinary(folder)) === undefined) {
    onInstall?.(`${PACKAGE}@${version}`)
    await install(version, cacheDir)
  }
  const found = await findBinary(folder)
  if (found === undefined) {
    const platform = `${process.platform}-${process.arch}`
    throw new UpstreamUnavailable(`${PACKAGE}@${version} has no program for ${platform} in ${folder}`)
  }
  const homesDir = join(cacheDir, 'homes')
  await mkdir(homesDir, { recursive: true })
  return { spec: `${PACKAGE}@${version}`, version, ...found, sha256: await sha256Of(found.file), homesDir }
}

/** The program of a release that is in the cache; nothing is installed. */
export async function cachedUpstream(version: string, cacheDir = upstreamCacheDir()): Promise<string | undefined> {
  return (await findBinary(join(cacheDir, version)))?.file
}

async function install(version: string, cacheDir: string): Promise<void> {
  await mkdir(cacheDir, { recursive: true })
  await using folder = ownFolder(await mkdtemp(join(cacheDir, 'installing-')))
  const draft = folder.path
  const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--no-update-notifier', '--prefix', draft]
  try {
    const npm = promisify(execFile)('npm', [...args, `${PACKAGE}@${version}`], {
      timeout: INSTALL_TIMEOUT_MS,
      cwd: draft,
    })
    ownChild(npm.child)
    await npm
    // Whole or not at all, also when two processes install at the same time.
    await rename(draft, join(cacheDir, version)).catch(error => {
      if (!existsSync(join(cacheDir, version))) throw error
    })
  } catch (error) {
    const { stderr = '', message } = error as Error & { stderr?: string }
    const reason = /^npm error (?!code|errno|syscall|type|A complete log)(.+)$/m.exec(stderr)?.[1] ?? message
    throw new UpstreamUnavailable(`${PACKAGE}@${version} cannot be installed: ${reason}`)
  }
}

/** Older releases carry all platforms; newer ones a package for each. */
async function findBinary(folder: string): Promise<{ file: string; pathDir?: string } | undefined> {
  const target = TARGETS[`${process.platform}-${process.arch}`]
  const scope = join(folder, 'node_modules', '@openai')
  const packages = await readdir(scope).catch(() => [])
  for (const name of packages) {
    const vendor = join(scope, name, 'vendor', target ?? '')
    const file = [join(vendor, 'bin', 'codex'), join(vendor, 'codex', 'codex')].find(existsSync)
    if (target === undefined || file === undefined) continue
    const pathDir = [join(vendor, 'path'), join(vendor, 'codex-path')].find(existsSync)
    return { file, ...defined({ pathDir }) }
  }
  return undefined
}

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}
