import { rmSync } from 'node:fs'
import { chmod, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defined } from '../../base/defined.ts'
import { checkPorts } from '../check/check-ports.ts'
import { ownCorpora } from '../corpus/own-corpora.ts'
import { readCorpora } from '../corpus/read-corpora.ts'
import { type CaseSelection, kindFilter } from '../corpus/select-cases.ts'
import { openPort } from '../port/open-port.ts'
import type { Port } from '../port/port.ts'
import type { PortTool } from '../port/port-protocol.ts'
import { readPortSpec } from '../port/port-spec.ts'
import { type Advice, rowName } from './advice.ts'
import { type CasePair, pairCases, type Side } from './case-pairs.ts'
import { type ChosenTool, choosePort } from './choose-port.ts'
import { chooseTool } from './choose-tool.ts'
import { featuresOf } from './features.ts'
import { freshCorpora } from './fresh-corpora.ts'
import { needsWork } from './needs-work.ts'
import { type TimingOptions, timePorts } from './time-ports.ts'
import { classOf, doAgree, toolResultOf } from './tool-result.ts'
import { type ToolSource, toolSources } from './tool-sources.ts'
import { type UpstreamSize, upstreamSize } from './upstream-sizes.ts'

export interface CompareOptions extends CaseSelection, Record<Side, string> {
  /** Files of recorded behaviour; absent: those of the package. */
  corpora?: readonly string[]
  /** A release to record the cases with first, e.g. `@openai/codex@0.169.0`. */
  upstream?: string
  timing?: TimingOptions
  /** Processes that check one port; absent: as many as `ports check` takes. */
  processesMax?: number
  onStep?(what: string): void
}

/** Two ports of one tool, compared at one release. */
export interface ToolComparison extends ChosenTool {
  /** Cases in which the two do not do the same. */
  disagreements: number
  original?: UpstreamSize
}

/** What `ports compare --json` prints. */
export interface PortComparison {
  ports: Record<Side, string>
  tools: ToolComparison[]
  advice: Advice
}

/** Runs the recorded cases through two ports and decides, tool by tool, which one to keep. Throws a `UserError` for mistakes of the caller. */
export async function comparePorts(options: CompareOptions): Promise<PortComparison> {
  readPortSpec(options.a, 'portA')
  readPortSpec(options.b, 'portB')
  const scratchDir = await mkdtemp(join(tmpdir(), 'ports-compare-'))
  // Cases that run without the rights of root have to get in.
  await chmod(scratchDir, 0o755)
  const tidy = () => rmSync(scratchDir, { recursive: true, force: true, maxRetries: 3 })
  process.once('exit', tidy)
  try {
    return await compareIn(scratchDir, await withRelease(options, scratchDir))
  } finally {
    process.off('exit', tidy)
    tidy()
  }
}

/** With a release, its own recordings take the place of the given ones. */
async function withRelease(options: CompareOptions, scratchDir: string): Promise<CompareOptions> {
  const { upstream, tools, onStep } = options
  if (upstream === undefined) return options
  const { files, version } = await freshCorpora(upstream, options.corpora ?? (await ownCorpora()), {
    folder: join(scratchDir, 'recorded'),
    ...(tools && { tools }),
    ...(onStep && { onStep }),
  })
  return { ...options, corpora: files, profile: version }
}

async function compareIn(scratchDir: string, options: CompareOptions): Promise<PortComparison> {
  const { tools, profile, processesMax, onStep } = options
  const corpora = options.corpora ?? (await ownCorpora())
  const selection = {
    corpora,
    ...(tools && { tools }),
    ...defined({ profile }),
    ...(processesMax && { processesMax }),
  }
  onStep?.(`checking A, ${options.a}`)
  const a = await checkPorts({ ...selection, port: options.a })
  onStep?.(`checking B, ${options.b}`)
  const b = await checkPorts({ ...selection, port: options.b })
  const entries = await readCorpora(corpora, kindFilter(tools))
  const pairs = pairCases(entries, profile, { a: a.cases, b: b.cases })
  const compared = await withPorts(options, scratchDir, async opened => {
    const all: ToolComparison[] = []
    for (const [name, members] of Map.groupBy(pairs, rowNameOf)) {
      onStep?.(`timing ${name}`)
      all.push(await compareTool(members, { ...opened, options, scratchDir }))
    }
    return all
  })
  return { ports: { a: options.a, b: options.b }, tools: compared, advice: choosePort(compared) }
}

function rowNameOf({ tool, selected }: CasePair): string {
  return rowName({ tool, version: selected.version })
}

interface Opened {
  ports: Record<Side, Port>
  sources: Record<Side, (tool: PortTool) => Promise<ToolSource | undefined>>
}

async function compareTool(
  pairs: readonly CasePair[],
  { ports, sources, options, scratchDir }: Opened & { options: CompareOptions; scratchDir: string },
): Promise<ToolComparison> {
  const [{ tool, selected }] = pairs as readonly [CasePair]
  const { version, profile } = selected
  const standing = async (side: Side) =>
    toolResultOf(pairs, side, {
      source: await sources[side](tool),
      needsWork: passed => needsWork(passed, join(scratchDir, 'idle')),
    })
  const results = { a: await standing('a'), b: await standing('b') }
  const disagreements = pairs.filter(pair => !doAgree(pair)).length
  const speed = await timePorts(pairs, ports, { scratchDir: join(scratchDir, 'timing'), timing: options.timing })
  const original = upstreamSize(tool, profile)
  const facts = {
    ...results,
    class: classOf(results, disagreements),
    cases: pairs.length,
    features: featuresOf(pairs),
    ...(speed && { speed }),
  }
  return { tool, version, ...facts, disagreements, ...(original && { original }), advice: chooseTool(facts) }
}

/** One process for each port, so that neither gets more of the machine than the other. */
async function withPorts<Value>(
  options: CompareOptions,
  scratchDir: string,
  work: (opened: Opened) => Promise<Value>,
): Promise<Value> {
  const opened: Port[] = []
  const open = async (side: Side) => {
    const port = await openPort(options[side], { processesMax: 1, scratchDir: join(scratchDir, side) })
    opened.push(port)
    return port
  }
  try {
    const ports = { a: await open('a'), b: await open('b') }
    const sources = { a: await toolSources(ports.a, options.a), b: await toolSources(ports.b, options.b) }
    return await work({ ports, sources })
  } finally {
    for (const port of opened) await port.close()
  }
}
