/** An engine that is compared with ours and is not a dependency of this package. */
export interface PinnedPeer {
  /** Exact versions; the first is the peer itself. */
  packages: Readonly<Record<string, string>>
  /** A module next to `node_modules` that exports what the adapter imports. */
  entry: string
  /** The least major version of Node it works on. */
  nodeMajorMin: number
}

export const PEER_NAMES = ['run', '@sebastianwessel/quickjs', 'isolated-vm', 'quickjs-emscripten'] as const
export type PeerName = (typeof PEER_NAMES)[number]

export const PINNED_PEERS: Readonly<Record<PeerName, PinnedPeer>> = {
  run: { packages: { run: '2.1.5' }, entry: `export * from 'run'`, nodeMajorMin: 20 },
  '@sebastianwessel/quickjs': {
    packages: { '@sebastianwessel/quickjs': '3.1.0', '@jitl/quickjs-ng-wasmfile-release-sync': '0.32.0' },
    entry: [
      `export { loadQuickJs } from '@sebastianwessel/quickjs'`,
      `export { default as variant } from '@jitl/quickjs-ng-wasmfile-release-sync'`,
    ].join('\n'),
    nodeMajorMin: 18,
  },
  'isolated-vm': {
    packages: { 'isolated-vm': '7.0.1' },
    entry: `export { default } from 'isolated-vm'`,
    nodeMajorMin: 24,
  },
  'quickjs-emscripten': {
    packages: { 'quickjs-emscripten': '0.32.0' },
    entry: `export * from 'quickjs-emscripten'`,
    nodeMajorMin: 16,
  },
}

export function peerVersion(name: PeerName): string {
  return Object.values(PINNED_PEERS[name].packages)[0] as string
}
