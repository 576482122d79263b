import { packageVersion } from '../../src/run/package-version.ts'
import { chooseRows } from '../measuring/choose-rows.ts'
import { judgeRow } from '../measuring/judge-row.ts'
import { thisMachine } from '../measuring/machine.ts'
import type { Measured } from '../measuring/row.ts'
import type { RowResult } from '../measuring/row-result.ts'
import { TRIAL_PROFILE } from '../measuring/trial-profile.ts'
import { createBuiltCopy } from './built-copy.ts'
import type { ContenderName } from './contender.ts'
import { CONTENDER_NAMES, CONTENDERS } from './contenders/all-contenders.ts'
import type { EngineReport } from './engine-report.ts'
import type { EngineRow } from './engine-row.ts'
import { peerLack } from './peers/import-peer.ts'
import { PEER_NAMES, type PeerName, peerVersion } from './peers/pinned-peers.ts'
import { measureInProcess } from './row-process.ts'
import { ROWS } from './rows/all-rows.ts'

export interface EngineBenchOptions {
  /** Ids of rows; all without it. */
  rows?: readonly string[]
  /** Samples of each contender in a row, at least. */
  repetitions: number
  /** Peers to compare with; all without it. */
  peers?: readonly PeerName[]
  /** Called before each row. */
  onRow?(title: string): void
}

/** Enough for a quick check; the aims need 30. */
export const ENGINE_REPETITIONS = 5
const WARMUP_MS_MAX = 500
const WARMUP_MS_PER_REPETITION = 50
/** Far more than the slowest sample of the slowest peer. */
const TURN_MS_MAX = 60_000

/** Compares the script engine with its peers and floors. Throws a `UserError` for unknown rows. */
export async function measureEngine(options: EngineBenchOptions): Promise<EngineReport> {
  const { repetitions } = options
  const warmupMs = Math.min(WARMUP_MS_MAX, repetitions * WARMUP_MS_PER_REPETITION)
  const rows = chooseRows(ROWS, options.rows)
  const peers = options.peers ?? PEER_NAMES
  const lacks = new Map(peers.flatMap(name => lackOf(name)))
  const contenders = CONTENDER_NAMES.filter(name => !isPeer(name) || (peers.includes(name) && !lacks.has(name)))
  const startedMs = performance.now()
  await using built = await createBuiltCopy()
  const mainFile = built.file('bench/engine/row-process-main')
  const measured: RowResult[] = []
  for (const row of rows) {
    options.onRow?.(row.title)
    const about = contendersOf(row, contenders)
    const turnMsMax = row.turnMsMax ?? TURN_MS_MAX
    const task = { row: row.id, contenders: about, repetitions, warmupMs, turnMsMax }
    measured.push(oneRow(row, await measureInProcess(mainFile, task), lacks))
  }
  return {
    schemaVersion: 1,
    date: new Date().toISOString(),
    machine: thisMachine(),
    versions: {
      scriptbench: packageVersion(),
      ...Object.fromEntries(contenders.filter(isPeer).map(name => [name, peerVersion(name)])),
    },
    contenders: contenders.map(name => ({ name, isolation: CONTENDERS[name].isolation })),
    repetitions,
    profile: TRIAL_PROFILE,
    rows: measured,
    durationMs: performance.now() - startedMs,
  }
}

function oneRow(row: EngineRow, measured: Measured, lacks: ReadonlyMap<PeerName, string>): RowResult {
  const about = new Set(contendersOf(row, CONTENDER_NAMES))
  const absent = new Map([...lacks].filter(([name]) => about.has(name)))
  return judgeRow({ row, measured, absent, profile: TRIAL_PROFILE })
}

function contendersOf(row: EngineRow, names: readonly ContenderName[]): ContenderName[] {
  return names.filter(name => (row.contenders ?? names).includes(name))
}

function isPeer(name: ContenderName): name is PeerName {
  return (PEER_NAMES as readonly string[]).includes(name)
}

function lackOf(name: PeerName): [PeerName, string][] {
  const lack = peerLack(name)
  return lack === undefined ? [] : [[name, lack]]
}
