import { basename } from 'node:path'
import { ownCorpora } from '../src/port-check/corpus/own-corpora.ts'
import { describeFuzz } from '../src/port-check/fuzz/describe-fuzz.ts'
import { fuzz } from '../src/port-check/fuzz/fuzz.ts'
import { FUZZERS } from '../src/port-check/fuzz/fuzzers.ts'
import { recordCorpus, refusalOf } from '../src/port-check/record/record-corpus.ts'
import { recordableCorpora } from '../src/port-check/record/recordable-corpora.ts'
import {
  installUpstream,
  type UpstreamProgram,
  UpstreamUnavailable,
} from '../src/port-check/upstream/upstream-program.ts'

/**
 * The committed corpora and our own ports, compared with the real programs: every corpus must match byte for byte, and
 * generated cases must not differ unless listed. `npm run test:upstream`; skips what cannot be had here.
 */
const RELEASES = ['@openai/codex@0.169.0', '@openai/codex@0.55.0']
const FUZZ_RUNS: Record<string, number> = { applyPatch: 2_000, heredoc: 300, readFile: 500, listDir: 500 }
const SEED = 169

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(130))

let failures = 0
const programs = (await Promise.all(RELEASES.map(obtain))).filter(program => program !== undefined)
if (programs.length > 0) await compareAll(programs)
process.exitCode = failures === 0 ? 0 : 1

async function obtain(spec: string): Promise<UpstreamProgram | undefined> {
  try {
    return await installUpstream(spec, { onInstall: what => console.log(`installing ${what} …`) })
  } catch (error) {
    if (!(error instanceof UpstreamUnavailable)) throw error
    console.log(`skipped: ${error.message}`)
    return undefined
  }
}

async function compareAll(found: readonly UpstreamProgram[]): Promise<void> {
  for (const file of await recordableCorpora(await ownCorpora(), () => true)) await record(file, found)
  for (const program of found) for (const { kind } of FUZZERS) await compare(kind, program)
}

async function record(file: string, found: readonly UpstreamProgram[]): Promise<void> {
  const { isIdentical, versions } = await recordCorpus({ file, programs: found })
  for (const { version, refusal, changed, unstable, missing } of versions) {
    const what = refusal ?? [...changed, ...unstable, ...missing].join(', ')
    console.log(`record ${basename(file)} ${version}: ${what || 'the same'}`)
  }
  console.log(`record ${basename(file)}: ${isIdentical ? 'unchanged, byte for byte' : 'DIFFERS'}`)
  if (!isIdentical) failures++
}

async function compare(kind: string, program: UpstreamProgram): Promise<void> {
  const fuzzer = FUZZERS.find(one => one.kind === kind)
  const runs = FUZZ_RUNS[kind]
  if (fuzzer === undefined || runs === undefined || refusalOf(kind, program.version) !== undefined) return
  const report = await fuzz({ fuzzer, program, runs, seed: SEED })
  for (const line of report.smallest.flatMap(({ lines }) => lines)) console.log(JSON.stringify(line))
  console.log(`fuzz ${kind}: ${describeFuzz(report)}`)
  if (report.differing > 0) failures++
}
