import { chmod, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { isObject } from '../../base/json-fields.ts'
import { UserError } from '../../contracts/errors.ts'
import type { JsonObject } from '../../contracts/json.ts'
import { readCaseIndex } from '../corpus/case-index.ts'
import type { CaseIndex } from '../corpus/corpus-kind.ts'
import { kindNamed, kindOf } from '../corpus/corpus-kinds.ts'
import { ownFolder } from '../leftovers.ts'
import type { UpstreamProgram } from '../upstream/upstream-program.ts'
import { type Drift, driftOf } from './drift.ts'
import { type MergedCase, mergeCase, mergeHeader } from './merge-case.ts'
import type { RawCase, Recorded, Recorder } from './recorder.ts'
import { RECORDERS } from './recorders.ts'

export interface RecordOptions {
  /** The corpus whose cases are run. */
  file: string
  programs: readonly UpstreamProgram[]
  processesMax?: number
}

/** What became of a corpus' cases at one version. */
export interface RecordedVersion {
  version: string
  sha256: string
  /** Why nothing was recorded; the numbers are 0 then. */
  refusal?: string
  cases: number
  /** As in the corpus. */
  same: number
  changed: string[]
  /** Two runs disagreed; `same` has those that are already marked in the corpus. */
  unstable: string[]
  /** Could not be run here; the corpus keeps them as they are. */
  missing: string[]
}

export interface RecordedCorpus {
  kind: string
  file: string
  /** The new corpus. */
  text: string
  /** Byte for byte what it was. */
  isIdentical: boolean
  versions: RecordedVersion[]
  drift?: Drift
}

/** Whether there is a recorder for this kind of corpus. */
export function canRecord(kind: string): boolean {
  return RECORDERS.some(recorder => recorder.kind === kind)
}

/** Why a release cannot be asked for cases of a kind; undefined: it can. */
export function refusalOf(kind: string, version: string): string | undefined {
  return RECORDERS.find(recorder => recorder.kind === kind)?.refusal?.(version)
}

/** Runs the cases of a corpus through the real program, twice, and writes down what it does. */
export async function recordCorpus(options: RecordOptions): Promise<RecordedCorpus> {
  const corpus = await readRawCorpus(options.file)
  const { recorder } = corpus
  const index = await readCaseIndex(options.file)
  const versions: RecordedVersion[] = []
  let { cases, header } = corpus
  for (const program of options.programs) {
    const { version, sha256 } = program
    const refusal = recorder.refusal?.(version)
    const counts = { version, sha256, cases: 0, same: 0, changed: [], unstable: [], missing: [] }
    if (refusal !== undefined) {
      versions.push({ ...counts, refusal })
      continue
    }
    const passes = await runTwice(cases, { recorder, program, header: header.source, index, options })
    const merged = cases.map(one =>
      mergeCase(one, { recorder, version, results: passes.map(pass => pass.get(one.id)) }),
    )
    versions.push(countMerged(merged, { ...counts, cases: cases.length }))
    cases = merged.map(({ text }) => rawCase(text))
    header = rawCase(mergeHeader(header.text, { recorder, program }))
  }
  const lines = [...(corpus.hasHeader ? [header] : []), ...cases].map(({ text }) => text)
  const text = `${lines.join('\n')}\n`
  return {
    kind: recorder.kind,
    file: options.file,
    text,
    isIdentical: text === corpus.text,
    versions,
    ...driftOf(cases, recorder),
  }
}

interface RawCorpus {
  recorder: Recorder
  header: RawCase
  hasHeader: boolean
  cases: RawCase[]
  text: string
}

async function readRawCorpus(file: string): Promise<RawCorpus> {
  const text = await readFile(file, 'utf8').catch((error: Error) => {
    throw new UserError('file-not-found', `--corpus ${file}: cannot be read (${error.message}).`)
  })
  const lines = text.split('\n').flatMap((line, index) => (line.trim() === '' ? [] : [readLine(line, { file, index })]))
  const [first = rawCase('{}')] = lines
  const hasHeader = first.source._header === true || first.id === ''
  const kind = hasHeader ? kindNamed(String(first.source.corpus)) : kindOf(first.source)
  const recorder = RECORDERS.find(one => one.kind === kind?.name)
  if (recorder === undefined) {
    const known = RECORDERS.map(one => one.kind).join(', ')
    throw new UserError(
      'usage',
      `--corpus ${file}: expected a corpus of one of ${known}; got ${kind?.name ?? 'another'}.`,
    )
  }
  return { recorder, hasHeader, header: hasHeader ? first : rawCase('{}'), cases: lines.slice(hasHeader ? 1 : 0), text }
}

function readLine(line: string, { file, index }: { file: string; index: number }): RawCase {
  try {
    const one = rawCase(line.trim())
    if (isObject(one.source)) return one
  } catch {
    // Reported below.
  }
  throw new UserError('usage', `--corpus ${file}: line ${index + 1}: expected one JSON object.`)
}

function rawCase(text: string): RawCase {
  const source = JSON.parse(text) as JsonObject
  return { id: typeof source.id === 'string' ? source.id : '', source, text }
}

interface Running {
  recorder: Recorder
  program: UpstreamProgram
  header: JsonObject
  index: CaseIndex
  options: RecordOptions
}

async function runTwice(cases: readonly RawCase[], running: Running): Promise<Map<string, Recorded>[]> {
  const { recorder, options, ...setting } = running
  await using scratch = ownFolder(await mkdtemp(join(tmpdir(), 'scriptbench-record-')))
  const scratchDir = scratch.path
  // Programs that run without the rights of root have to get in.
  await chmod(scratchDir, 0o755)
  const processesMax = options.processesMax ?? availableParallelism() + 1
  const passes: Map<string, Recorded>[] = []
  for (const name of ['1', '2']) {
    const passDir = join(scratchDir, name)
    await mkdir(passDir)
    passes.push(await recorder.record(cases, { ...setting, scratchDir: passDir, processesMax }))
    await rm(passDir, { recursive: true, force: true, maxRetries: 5 })
  }
  return passes
}

function countMerged(merged: readonly MergedCase[], counts: RecordedVersion): RecordedVersion {
  const idsOf = (...states: MergedCase['state'][]) =>
    merged.filter(({ state }) => states.includes(state)).map(({ id }) => id)
  return {
    ...counts,
    same: idsOf('same').length,
    changed: idsOf('changed'),
    unstable: idsOf('unstable'),
    missing: idsOf('missing'),
  }
}
