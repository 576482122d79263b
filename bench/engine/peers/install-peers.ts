import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { buildOnce } from '../../../src/suite/npm/cache.ts'
import { PEER_ENTRY, peerFolder, peerLack } from './import-peer.ts'
import { PEER_NAMES, type PeerName, PINNED_PEERS, peerVersion } from './pinned-peers.ts'

export interface PeerInstalled {
  name: PeerName
  version: string
  dir: string
  /** Why it is not there. */
  problem?: string
}

const INSTALL_MS_MAX = 300_000
const INSTALL = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error']

/** Installs what is not there yet, each peer into a folder of its own, with npm and without running its scripts. */
export async function installPeers(names: readonly PeerName[] = PEER_NAMES): Promise<PeerInstalled[]> {
  const installed: PeerInstalled[] = []
  for (const name of names) {
    const dir = peerFolder(name)
    const found = { name, version: peerVersion(name), dir }
    try {
      await buildOnce(dir, scratch => install(name, scratch))
      const problem = peerLack(name)
      installed.push({ ...found, ...(problem !== undefined && { problem }) })
    } catch (error) {
      installed.push({ ...found, problem: (error as Error).message.trim().split('\n').slice(-3).join(' ') })
    }
  }
  return installed
}

async function install(name: PeerName, dir: string): Promise<void> {
  const { packages, entry } = PINNED_PEERS[name]
  await writeFile(join(dir, 'package.json'), JSON.stringify({ private: true, dependencies: packages }, null, 2))
  await promisify(execFile)('npm', INSTALL, { cwd: dir, timeout: INSTALL_MS_MAX, shell: process.platform === 'win32' })
  await writeFile(join(dir, PEER_ENTRY), `${entry}\n`)
}
