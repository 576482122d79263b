import { realpathSync, rmSync } from 'node:fs'
import { chmod, mkdtemp } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { UserError } from '../../../src/contracts/errors.ts'
import { type CheckedCase, unitsOf } from '../../../src/port-check/check/check-unit.ts'
import { readDeviations } from '../../../src/port-check/check/deviations.ts'
import { ownCorpora } from '../../../src/port-check/corpus/own-corpora.ts'
import { type CorpusEntry, readCorpora } from '../../../src/port-check/corpus/read-corpora.ts'
import { kindFilter, selectCases } from '../../../src/port-check/corpus/select-cases.ts'
import { allMutations } from './all-mutations.ts'
import { type CaseOrder, createCaseOrder } from './case-order.ts'
import { createCasePlaces, createMemoryDir } from './case-places.ts'
import { containment } from './containment.ts'
import { type EquivalentMutants, isEquivalent, readEquivalentMutants, staleEntries } from './equivalent-mutants.ts'
import { type JudgeSetting, judgeMutant, type MutantEnd, openSources } from './judge-mutant.ts'
import { MUTATED_TOOLS, type MutatedTool, toolOfSource } from './mutated-tools.ts'
import type { Mutation } from './mutation.ts'
import { sampleMutations } from './sample-mutations.ts'
import { copySources, type SourceTree } from './source-tree.ts'
import { createUnchangedTools } from './unchanged-tools.ts'

export interface MutateOptions {
  /** Names of tools; absent: all. */
  tools?: readonly string[]
  seed: string
  /** How many mutants are made of each tool; absent: as many as the tool is worth. */
  mutants?: number
  /** Files of recorded behaviour; absent: those of the package. */
  corpora?: readonly string[]
  equivalentMutantsFile?: string
  /** Called with each mutant, with how many are judged. */
  onJudged?(mutant: JudgedMutant, progress: { done: number; all: number }): void
}

export interface JudgedMutant {
  tool: string
  mutation: Mutation
  end: MutantEnd
  durationMs: number
}

export interface MutationRun {
  seed: string
  /** For each tool: how many places can be mutated, and how many of them are listed as equivalent. */
  points: { tool: string; points: number; equivalent: number }[]
  mutants: JudgedMutant[]
  /** Cases that the unchanged tools fail here; they catch no mutants. */
  unsound: readonly CheckedCase[]
  staleEntries: readonly EquivalentMutants[]
  durationMs: number
}

export const SEED_DEFAULT = 'scriptbench'

/** Breaks our own tools in many small ways and lets the recorded cases find out. Throws a `UserError` for mistakes of the caller. */
export async function mutatePorts(options: MutateOptions): Promise<MutationRun> {
  const startedMs = performance.now()
  const tools = selectTools(options.tools)
  const scratchDir = realpathSync(await mkdtemp(join(tmpdir(), 'mutants-')))
  const memoryDir = createMemoryDir()
  const dirs = memoryDir === undefined ? [scratchDir] : [scratchDir, memoryDir]
  const tidy = () => {
    for (const dir of dirs) rmSync(dir, { recursive: true, force: true, maxRetries: 3 })
  }
  process.once('exit', tidy)
  try {
    // Cases that run without the rights of root have to get in.
    await chmod(scratchDir, 0o755)
    // Mutants are made of a copy, so that edits of the sources meanwhile do no harm.
    const unchanged = copySources(join(scratchDir, 'unchanged'))
    const { sampled, ...sampling } = await sampleAll(unchanged, tools, options)
    const orders = await readOrders(tools, options.corpora)
    const judged = await judgeAll(sampled, { scratchDir, memoryDir, unchanged, orders, options })
    return { seed: options.seed, ...sampling, ...judged, durationMs: performance.now() - startedMs }
  } finally {
    process.off('exit', tidy)
    tidy()
  }
}

function selectTools(names: readonly string[] | undefined): MutatedTool[] {
  const known = MUTATED_TOOLS.map(({ name }) => name)
  const unknown = names?.find(name => !known.includes(name))
  if (unknown === undefined) return MUTATED_TOOLS.filter(({ name }) => names?.includes(name) ?? true)
  throw new UserError('usage', `--tool ${unknown}: unknown tool; expected one of ${known.join(', ')}.`)
}

interface Sampled {
  tool: MutatedTool
  mutation: Mutation
}

async function sampleAll({ sourcesDir }: SourceTree, tools: readonly MutatedTool[], options: MutateOptions) {
  const { seed, mutants, equivalentMutantsFile } = options
  const equivalent = await readEquivalentMutants(equivalentMutantsFile)
  const mutations = await allMutations(sourcesDir, tools)
  const sampled: Sampled[] = []
  const points: MutationRun['points'] = []
  for (const tool of tools) {
    const { name } = tool
    const own = mutations.get(name) ?? []
    const candidates = own.filter(mutation => !isEquivalent(mutation, equivalent))
    points.push({ tool: name, points: own.length, equivalent: own.length - candidates.length })
    const sample = sampleMutations(candidates, mutants ?? tool.mutants, `${seed}/${name}`)
    sampled.push(...sample.map(mutation => ({ tool, mutation })))
  }
  if (sampled.length === 0) throw new UserError('nothing-to-run', 'Nothing to mutate.')
  const entries = equivalent.filter(({ file }) => tools.some(tool => tool === toolOfSource(file)))
  return { sampled, points, staleEntries: staleEntries(entries, [...mutations.values()].flat()) }
}

async function readOrders(
  tools: readonly MutatedTool[],
  corpora: readonly string[] | undefined,
): Promise<ReadonlyMap<MutatedTool, CaseOrder>> {
  const entries = await readCorpora(corpora ?? (await ownCorpora()))
  return new Map(tools.map(tool => [tool, orderOf(tool, entries)]))
}

function orderOf({ corpora }: MutatedTool, entries: readonly CorpusEntry[]): CaseOrder {
  const isWanted = kindFilter(corpora)
  const { cases } = selectCases(entries, {})
  const wanted = cases.filter(
    one => isWanted(one.kind) && !one.case.isUnstable(one.version) && one.case.outOfScope?.(one.version) === undefined,
  )
  return createCaseOrder(unitsOf(wanted))
}

interface Judging {
  scratchDir: string
  memoryDir: string | undefined
  unchanged: SourceTree
  orders: ReadonlyMap<MutatedTool, CaseOrder>
  options: MutateOptions
}

/** A few mutants at a time, each in its own copy of the sources. */
async function judgeAll(
  sampled: readonly Sampled[],
  { scratchDir, memoryDir, unchanged: tree, orders, options }: Judging,
): Promise<Pick<MutationRun, 'mutants' | 'unsound'>> {
  const launcher = await containment(scratchDir, memoryDir === undefined ? [] : [memoryDir])
  const deviations = await readDeviations()
  const dir = join(scratchDir, 'unchanged')
  const port = await openSources({ tree, launcher, dir, processesMax: 1 })
  if (port === undefined) throw new Error('a copy of our own tools cannot be loaded')
  const memoryDirOf = (name: string) => (memoryDir === undefined ? undefined : join(memoryDir, name))
  const places = createCasePlaces('cases', { diskDir: dir, memoryDir: memoryDirOf('unchanged') })
  const unchanged = createUnchangedTools(port, { places, deviations })
  const queue = sampled.entries()
  const judged: JudgedMutant[] = []
  let done = 0
  const judgeNext = async (setting: JudgeSetting) => {
    for (const [index, { tool, mutation }] of queue) {
      const startedMs = performance.now()
      const how = { order: orders.get(tool) as CaseOrder, ...(tool.waits && { waits: tool.waits }) }
      const end = await judgeMutant(mutation, how, setting)
      const mutant = { tool: tool.name, mutation, end, durationMs: performance.now() - startedMs }
      judged[index] = mutant
      options.onJudged?.(mutant, { done: ++done, all: sampled.length })
    }
  }
  try {
    const length = Math.min(availableParallelism() + 1, sampled.length)
    const settings = Array.from({ length }, (_, place) => {
      const own = join(scratchDir, String(place))
      return {
        dir: own,
        memoryDir: memoryDirOf(String(place)),
        tree: copySources(own, tree.sourcesDir),
        launcher,
        deviations,
        unchanged,
      }
    })
    await Promise.all(settings.map(judgeNext))
    return { mutants: judged, unsound: unchanged.failed() }
  } finally {
    await port.close()
  }
}
