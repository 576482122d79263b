import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { platform } from 'node:process'
import { bubblewrapRemedy, type MachineFacts } from './bubblewrap-remedy.ts'
import { findProgram } from './find-program.ts'
import { createSpawnProbe } from './probe-spawn.ts'

export type BubblewrapState =
  | { kind: 'works'; version: string; path: string }
  | { kind: 'broken'; reason: string; remedy: string }

/** Tries what trials will do; says why it does not work and what to do about it. Never rejects. */
export async function detectBubblewrap(searchPath = process.env.PATH): Promise<BubblewrapState> {
  const path = findProgram('bwrap', searchPath)
  if (platform !== 'linux' || path === undefined) return broken('', path)
  await using probe = await createSpawnProbe(path)
  const { end, stderr } = await probe.confined()
  if (end.kind === 'exited' && end.exitCode === 0) return { kind: 'works', version: await versionOf(path), path }
  const said = new TextDecoder().decode(stderr).trim()
  return broken(said || (end.kind === 'spawn-failed' ? end.message : `it ended as ${JSON.stringify(end)}`), path)
}

function broken(stderr: string, path: string | undefined): BubblewrapState {
  return { kind: 'broken', ...bubblewrapRemedy({ stderr, ...readMachineFacts(path) }) }
}

function readMachineFacts(path: string | undefined): Omit<MachineFacts, 'stderr'> {
  return {
    platform,
    path,
    isContainer: existsSync('/.dockerenv') || existsSync('/run/.containerenv'),
    isAppArmorRestricted: readSetting('/proc/sys/kernel/apparmor_restrict_unprivileged_userns') === '1',
    areUserNamespacesOff:
      readSetting('/proc/sys/kernel/unprivileged_userns_clone') === '0' ||
      readSetting('/proc/sys/user/max_user_namespaces') === '0',
  }
}

function readSetting(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch {
    return undefined
  }
}

function versionOf(path: string): Promise<string> {
  return new Promise(resolve => {
    execFile(path, ['--version'], { timeout: 5_000 }, (error, stdout) => {
      resolve(error ? 'unknown' : stdout.trim().replace(/^bubblewrap /, ''))
    })
  })
}
