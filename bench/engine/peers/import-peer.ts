import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { defaultCacheDir } from '../../../src/suite/npm/cache.ts'
import { type PeerName, PINNED_PEERS, peerVersion } from './pinned-peers.ts'

/** The module next to a peer's `node_modules` through which it is imported. */
export const PEER_ENTRY = 'entry.mjs'
export const INSTALL_COMMAND = 'npm run bench -- peers'

/** Where a pinned version of a peer lies once it is installed. */
export function peerFolder(name: PeerName, cacheDir: string = defaultCacheDir()): string {
  return join(cacheDir, 'bench-peers', `${name.replace(/^@/, '').replaceAll('/', '-')}-${peerVersion(name)}`)
}

/** Why a peer cannot be measured here; `undefined` when it can. */
export function peerLack(name: PeerName, cacheDir?: string): string | undefined {
  const { nodeMajorMin } = PINNED_PEERS[name]
  const major = Number.parseInt(process.versions.node, 10)
  if (major < nodeMajorMin) return `${name} ${peerVersion(name)} needs Node ${nodeMajorMin}, this is ${process.version}`
  if (existsSync(join(peerFolder(name, cacheDir), PEER_ENTRY))) return undefined
  return `not installed: \`${INSTALL_COMMAND}\` installs it into a cache`
}

export async function importPeer<Package>(name: PeerName): Promise<Package> {
  return (await import(pathToFileURL(join(peerFolder(name), PEER_ENTRY)).href)) as Package
}
