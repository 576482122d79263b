import { chmod, mkdtemp } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Arbitrary } from 'fast-check'
import { UserError } from '../../contracts/errors.ts'
import { readDeviations } from '../check/deviations.ts'
import type { CorpusKind } from '../corpus/corpus-kind.ts'
import { CORPUS_KINDS } from '../corpus/corpus-kinds.ts'
import { ownFolder } from '../leftovers.ts'
import { openPort } from '../port/open-port.ts'
import { patientCaller } from '../port/patient-caller.ts'
import type { Recorder } from '../record/recorder.ts'
import { RECORDERS } from '../record/recorders.ts'
import type { UpstreamProgram } from '../upstream/upstream-program.ts'
import type { FuzzCase, Fuzzer } from './fuzzer.ts'
import { type RanCase, runBoth, type Side } from './run-both.ts'

export interface FuzzOptions {
  fuzzer: Fuzzer
  program: UpstreamProgram
  /** A module's file or a command; absent: our own tools. */
  port?: string
  runs: number
  seed: number
  /** So many differences are made as small as they get. */
  shrunkMax?: number
  deviationsFile?: string
  processesMax?: number
  onProgress?(done: number, all: number): void
}

export interface FuzzReport {
  version: string
  port: string
  seed: number
  runs: number
  identical: number
  /** Cases that could not be compared, by reason. */
  notRun: Record<string, number>
  /** Covered by entries of the deviations, by entry. */
  deviations: Record<string, number>
  /** How many runs differ, or show a fault of the port. */
  differing: number
  /** The first of them, as small as they get. */
  smallest: RanCase[]
}

const SHRUNK_MAX_DEFAULT = 3
const TIMEOUT_MS = 20_000
/** Cases that are generated and run at a time. */
const BATCH = 100

/**
 * Runs generated cases through a port and the real program, side by side. Throws a `UserError` for a tool that the
 * release does not have.
 */
export async function fuzz(options: FuzzOptions): Promise<FuzzReport> {
  const { fuzzer, program, runs, seed } = options
  const { kind, recorder } = findKind(fuzzer.kind)
  const refusal = recorder.refusal?.(program.version)
  if (refusal !== undefined) throw new UserError('usage', `--tool ${fuzzer.kind}: ${refusal}.`)
  const fc = await import('fast-check')
  await using scratch = ownFolder(await mkdtemp(join(tmpdir(), 'scriptbench-fuzz-')))
  const scratchDir = scratch.path
  await chmod(scratchDir, 0o755)
  const processesMax = options.processesMax ?? availableParallelism() + 1
  const deviations = await readDeviations(options.deviationsFile)
  await using opened = new AsyncDisposableStack()
  const port = await openPort(options.port, { processesMax, scratchDir: join(scratchDir, 'port') })
  opened.defer(() => port.close())
  const caller = patientCaller(port, TIMEOUT_MS)
  const side = { kind, recorder, fuzzer, program, caller, deviations, scratchDir, seed, processesMax, passes: 0 }
  const cases = fuzzer.cases(fc)
  const ran = await runAll(fc.sample(cases, { numRuns: runs, seed }), side, options.onProgress)
  const different = ran.filter(isDifferent)
  const smallest: RanCase[] = []
  for (const found of different.slice(0, options.shrunkMax ?? SHRUNK_MAX_DEFAULT)) {
    smallest.push(await shrink(found, { fc, cases, side }))
  }
  const counts = { ...countVerdicts(ran), differing: different.length }
  return { version: program.version, port: port.name, seed, runs, ...counts, smallest: unlike(smallest) }
}

/** Keeps only the verdict of cases that are the same on both sides. */
async function runAll(
  sample: readonly FuzzCase[],
  side: Side,
  onProgress: FuzzOptions['onProgress'],
): Promise<RanCase[]> {
  const all: RanCase[] = []
  for (let start = 0; start < sample.length; start += BATCH) {
    const batch = sample.slice(start, start + BATCH).map((one, index) => ({ one, run: start + index }))
    for (const ran of await runBoth(batch, side)) all.push(isDifferent(ran) ? ran : { ...ran, lines: [] })
    onProgress?.(all.length, sample.length)
  }
  return all
}

function findKind(name: string): { kind: CorpusKind; recorder: Recorder } {
  const kind = CORPUS_KINDS.find(one => one.name === name)
  const recorder = RECORDERS.find(one => one.kind === name)
  if (kind && recorder) return { kind, recorder }
  throw new Error(`nothing is known of corpora of ${name}`)
}

interface Shrinking {
  fc: typeof import('fast-check')
  cases: Arbitrary<FuzzCase>
  side: Side
}

/** Generates a run's case again and makes it smaller for as long as there is a difference; a port can be unstable. */
async function shrink(found: RanCase, { fc, cases, side }: Shrinking): Promise<RanCase> {
  let last = found
  const property = fc.asyncProperty(cases, async one => {
    const [ran] = await runBoth([{ one, run: found.run }], side)
    if (ran === undefined || !isDifferent(ran)) return true
    last = ran
    return false
  })
  await fc.check(property, { seed: side.seed, path: String(found.run), numRuns: 1 })
  return last
}

function isDifferent({ verdict: { kind } }: RanCase): boolean {
  return kind !== 'identical' && kind !== 'deviation' && kind !== 'not-checked'
}

function countVerdicts(ran: readonly RanCase[]) {
  const deviations: Record<string, number> = {}
  const notRun: Record<string, number> = {}
  for (const { verdict } of ran) {
    if (verdict.kind === 'deviation') deviations[verdict.id] = (deviations[verdict.id] ?? 0) + 1
    if (verdict.kind === 'not-checked') notRun[verdict.why] = (notRun[verdict.why] ?? 0) + 1
  }
  return { identical: ran.filter(({ verdict: { kind } }) => kind === 'identical').length, deviations, notRun }
}

/** One of several that shrank to the same. */
function unlike(found: readonly RanCase[]): RanCase[] {
  const bare = ({ lines, run }: RanCase) => JSON.stringify(lines).replaceAll(`-${run}"`, '"')
  return found.filter((one, index) => found.findIndex(other => bare(other) === bare(one)) === index)
}
