import type { Manifest } from '../../src/contracts/manifest.ts'

/** A manifest with every field filled. */
export function manifestOf(fields: Partial<Manifest> = {}): Manifest {
  return {
    manifestVersion: 1,
    suite: {
      name: 'demo',
      digest: 'd'.repeat(64),
      content: { factors: { mode: ['structured-parallel', 'script-tool'] } },
    },
    createdAt: '2026-01-02T03:04:05.000Z',
    versions: { scriptbench: '0.1.0', node: '24.0.0', protocol: 1, log: 1 },
    platform: { os: 'linux', arch: 'x64', cpus: 2 },
    seed: 7,
    tasks: { 'count-words': { digest: 'a'.repeat(64) } },
    tasksLeftOut: [],
    models: { 'simulated/steady': { playerKind: 'simulated' } },
    prompts: { a: 'b'.repeat(64) },
    toolSchemas: 'c'.repeat(64),
    sandbox: { requested: 'auto', mechanism: 'bubblewrap', policy: 'workspace-write', spawnOverheadMs: 3.2 },
    trialsPlanned: 0,
    ...fields,
  }
}
