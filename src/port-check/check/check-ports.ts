import { rmSync } from 'node:fs'
import { chmod, mkdtemp } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { inParallel } from '../../base/in-parallel.ts'
import { UserError } from '../../contracts/errors.ts'
import { ownCorpora } from '../corpus/own-corpora.ts'
import { type CorpusEntry, readCorpora } from '../corpus/read-corpora.ts'
import { type CaseSelection, kindFilter, type SelectedCase, selectCases } from '../corpus/select-cases.ts'
import { openPort } from '../port/open-port.ts'
import { patientCaller } from '../port/patient-caller.ts'
import type { Port } from '../port/port.ts'
import type { Verdict } from './check-case.ts'
import { type CheckedCase, checkUnit, unitsOf } from './check-unit.ts'
import { type Deviation, readDeviations } from './deviations.ts'
import { createSharedFolders } from './shared-folders.ts'

export interface CheckOptions extends CaseSelection {
  /** Files of recorded behaviour; absent: those of the package. */
  corpora?: readonly string[]
  /** A module's file or a command; absent: our own tools. */
  port?: string
  /** Absent: the entries of the package. */
  deviationsFile?: string
  /** How long one call can take at first; a port that keeps hanging gets less and less. */
  timeoutMs?: number
  processesMax?: number
  /** Takes a part of the cases only. */
  keep?(one: { kind: string; id: string; category: string; version: string }): boolean
  onProgress?(done: number, all: number): void
}

export interface PortCheck {
  port: string
  cases: CheckedCase[]
  /** Deviations that no case needed, although all cases of their tool ran on our own port. */
  staleDeviations: string[]
}

const TIMEOUT_MS_DEFAULT = 20_000

/** Checks a port against recorded behaviour. Throws a `UserError` for mistakes of the caller; a port's faults are verdicts. */
export async function checkPorts(options: CheckOptions = {}): Promise<PortCheck> {
  const entries = await readCorpora(options.corpora ?? (await ownCorpora()), kindFilter(options.tools))
  const { cases: all, broken } = selectCases(entries, options)
  const cases = all.filter(one => options.keep?.(keepable(one)) ?? true)
  if (cases.length + broken.length === 0) throw new UserError('nothing-to-run', nothingToRun(options, entries))
  const deviations = await readDeviations(options.deviationsFile)
  const scratchDir = await mkdtemp(join(tmpdir(), 'ports-'))
  // Cases that run without the rights of root have to get in.
  await chmod(scratchDir, 0o755)
  const tidy = () => rmSync(scratchDir, { recursive: true, force: true, maxRetries: 3 })
  process.once('exit', tidy)
  const processesMax = options.processesMax ?? availableParallelism() + 1
  try {
    const port = await openPort(options.port, { processesMax, scratchDir: join(scratchDir, 'port') })
    try {
      const checked = await checkAll(cases, { options, port, deviations, scratchDir, processesMax })
      const verdicts = [...broken.map(brokenCase), ...checked]
      return { port: port.name, cases: verdicts, staleDeviations: staleIn(verdicts, deviations, options) }
    } finally {
      await port.close()
    }
  } finally {
    process.off('exit', tidy)
    tidy()
  }
}

interface Checking {
  options: CheckOptions
  port: Port
  deviations: readonly Deviation[]
  scratchDir: string
  processesMax: number
}

/** The order of the result is that of the cases. */
async function checkAll(cases: readonly SelectedCase[], checking: Checking): Promise<CheckedCase[]> {
  const { options, port, deviations, scratchDir, processesMax } = checking
  const call = patientCaller(port, options.timeoutMs ?? TIMEOUT_MS_DEFAULT)
  // Long sessions first: then no long one runs alone at the end.
  const units = unitsOf(cases).toSorted((left, right) => right.length - left.length)
  const shared = createSharedFolders()
  const checked: CheckedCase[] = []
  let done = 0
  await inParallel(units, processesMax, async (unit, number) => {
    const dir = join(scratchDir, String(number))
    for await (const [index, one] of checkUnit(unit, { call, deviations, shared, dir })) {
      checked[index] = one
      options.onProgress?.(++done, cases.length)
    }
  })
  return checked
}

function keepable({ kind, version, case: { id, category } }: SelectedCase) {
  return { kind: kind.name, id, category, version }
}

function brokenCase(entry: Extract<CorpusEntry, { problem: string }>): CheckedCase {
  const { id, kind, file, line, problem } = entry
  const verdict: Verdict = { kind: 'error', fault: 'broken-case', message: `${file}:${line}: ${problem}` }
  return { id, tool: kind?.name ?? 'unknown', category: 'broken', file, line, verdict }
}

function nothingToRun({ tools, profile, corpora }: CheckOptions, entries: readonly CorpusEntry[]): string {
  const asked = [
    ...(tools ?? []).map(tool => `--tool ${tool}`),
    ...(profile === undefined ? [] : [`--profile ${profile}`]),
  ]
  const versions = new Set(entries.flatMap(entry => ('case' in entry ? entry.case.versions : [])))
  const expected = versions.size > 0 ? `there are cases of ${[...versions].join(', ')}` : 'expected a corpus with cases'
  const where = corpora === undefined ? '' : ` in ${corpora.join(', ')}`
  return `No case to check${where}${asked.length > 0 ? ` with ${asked.join(' ')}` : ''}; ${expected}.`
}

function staleIn(cases: readonly CheckedCase[], deviations: readonly Deviation[], options: CheckOptions): string[] {
  if (options.port !== undefined || options.corpora !== undefined || options.keep || options.profile !== undefined)
    return []
  const used = new Set(cases.flatMap(({ verdict }) => (verdict.kind === 'deviation' ? [verdict.id] : [])))
  const ran = new Set(cases.map(({ tool }) => tool))
  return deviations.filter(({ id, tool }) => ran.has(tool) && !used.has(id)).map(({ id }) => id)
}
