import { chmod, mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { installUpstream, type UpstreamProgram } from '../../../src/port-check/upstream/upstream-program.ts'

const FAKE_CODEX = join(import.meta.dirname, 'fake-codex.ts')

/** A stand-in for a release: a shell script, with `patch` for the patch program, in a cache of its own. */
export async function fakeUpstream(version: string, patch = 'exit 1'): Promise<UpstreamProgram> {
  const cacheDir = await mkdtemp(join(await realpath(tmpdir()), 'scriptbench-test-'))
  onTestFinished(() => rm(cacheDir, { recursive: true, force: true }))
  return installUpstream(version, { cacheDir: await cacheWith(version, { cacheDir, patch }) })
}

/** Puts the stand-in where an installation would put the program, for every platform. */
export async function cacheWith(version: string, { cacheDir, patch = 'exit 1' }: { cacheDir: string; patch?: string }) {
  const triples = [
    'x86_64-unknown-linux-musl',
    'aarch64-unknown-linux-musl',
    'x86_64-apple-darwin',
    'aarch64-apple-darwin',
  ]
  for (const triple of triples) {
    const folder = join(cacheDir, version, 'node_modules', '@openai', 'codex', 'vendor', triple, 'codex')
    await mkdir(folder, { recursive: true })
    const file = join(folder, 'codex')
    await writeFile(
      file,
      `#!/bin/sh
case "$1" in
exec | app-server) exec '${process.execPath}' '${FAKE_CODEX}' "$@" ;;
--codex-run-as-apply-patch) shift ;;
esac
${patch}
`,
    )
    await chmod(file, 0o755)
  }
  return cacheDir
}
