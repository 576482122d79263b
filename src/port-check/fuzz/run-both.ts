import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { inParallel } from '../../base/in-parallel.ts'
import type { JsonObject } from '../../contracts/json.ts'
import { type CaseFolder, createCaseFolder } from '../check/case-folder.ts'
import { checkCase, type Verdict } from '../check/check-case.ts'
import type { Deviation } from '../check/deviations.ts'
import type { CorpusKind } from '../corpus/corpus-kind.ts'
import { profileOf } from '../corpus/select-cases.ts'
import type { patientCaller } from '../port/patient-caller.ts'
import { newMembers } from '../record/merge-case.ts'
import type { RawCase, Recorder } from '../record/recorder.ts'
import type { UpstreamProgram } from '../upstream/upstream-program.ts'
import type { FuzzCase, Fuzzer } from './fuzzer.ts'

/** A generated case that ran on both sides. */
export interface RanCase {
  /** Which of the generated cases it comes from. */
  run: number
  /** Lines of a corpus: a header, where the case needs one, and the case. */
  lines: JsonObject[]
  verdict: Verdict
}

/** What cases are run with on both sides. */
export interface Side {
  kind: CorpusKind
  recorder: Recorder
  fuzzer: Fuzzer
  program: UpstreamProgram
  caller: ReturnType<typeof patientCaller>
  deviations: readonly Deviation[]
  scratchDir: string
  seed: number
  processesMax: number
  /** Made so far: their numbers name their folders. */
  passes: number
}

/** First the program, whose behaviour becomes a corpus; then the port, compared with it. */
export async function runBoth(batch: readonly { one: FuzzCase; run: number }[], side: Side): Promise<RanCase[]> {
  const { kind, recorder, program, processesMax } = side
  const { version } = program
  const dir = join(side.scratchDir, String(side.passes++))
  const recordDir = join(dir, 'upstream')
  await mkdir(recordDir, { recursive: true })
  const cases = batch.map(({ one, run }) => rawCase(one, run, side))
  const trees = Object.fromEntries(batch.flatMap(({ one }, index) => (one.tree ? [[cases[index]?.id, one.tree]] : [])))
  const header: JsonObject = {
    _header: true,
    corpus: kind.corpora[0] ?? '',
    oracle: { [version]: program.sha256 },
    trees,
  }
  const index = { find: () => undefined }
  const recorded = await recorder.record(cases, { program, header, index, scratchDir: recordDir, processesMax })
  const found: RanCase[] = []
  await inParallel(cases, processesMax, async ({ id, source, text }, at) => {
    const result = recorded.get(id)
    const { run, one } = batch[at] as (typeof batch)[number]
    if (result == null) {
      const why = result === null ? `${version} cannot express them` : `${version} did not answer`
      found[at] = { run, lines: [], verdict: { kind: 'not-checked', why } }
      return
    }
    const line = { ...source, ...newMembers({ id, source, text }, { recorder, version, result }) }
    const own = one.tree ? [{ ...header, trees: { [id]: one.tree } }] : []
    const folder = createCaseFolder(join(dir, String(at)))
    try {
      found[at] = { run, ...(await checkLine([...own, line], { header, folder, side })) }
    } finally {
      folder.remove()
    }
  })
  await rm(dir, { recursive: true, force: true, maxRetries: 5 })
  return found
}

function rawCase({ line, tree }: FuzzCase, run: number, { seed }: Side): RawCase {
  const id = `fuzz-${seed}-${run}`
  const source: JsonObject = { id, ...line, ...(tree && { tree: id }) }
  return { id, source, text: JSON.stringify(source) }
}

interface Checking {
  header: JsonObject
  folder: CaseFolder
  side: Side
}

async function checkLine(lines: readonly JsonObject[], { header, folder, side }: Checking) {
  const { kind, fuzzer, program, caller, deviations } = side
  const { version } = program
  const open = kind.open(header, { find: () => undefined })
  const line = lines.at(-1) as JsonObject
  await open(line).prepare(folder)
  const tagged = { ...line, ...(fuzzer.tagsOf && { tags: fuzzer.tagsOf(line, folder) }) }
  const setting = { kind, case: open(tagged), version, profile: profileOf(version), deviations, folder }
  const verdict = await checkCase({ ...setting, call: caller(setting, folder), prepare: async () => undefined })
  return { lines: [...lines.slice(0, -1), tagged], verdict }
}
