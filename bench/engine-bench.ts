import { UserError } from '../src/contracts/errors.ts'
import { packageVersion } from '../src/run/package-version.ts'
import { createBuiltCopy } from './engine/built-copy.ts'
import type { ContenderName } from './engine/contender.ts'
import { CONTENDER_NAMES, CONTENDERS } from './engine/contenders/all-contenders.ts'
import type { EngineReport, ReportRow } from './engine/engine-report.ts'
import { peerLack } from './engine/peers/import-peer.ts'
import { PEER_NAMES, type PeerName, peerVersion } from './engine/peers/pinned-peers.ts'
import { reportRow } from './engine/report-row.ts'
import type { Measured, Row } from './engine/row.ts'
import { measureInProcess } from './engine/row-process.ts'
import { ROW_IDS, ROWS } from './engine/rows/all-rows.ts'
import { TRIAL_PROFILE } from './engine/trial-profile.ts'
import { thisMachine } from './machine.ts'

export interface EngineBenchOptions {
  /** Ids of rows; all without it. */
  rows?: readonly string[]
  /** Samples of each contender in a row, at least. */
  repetitions: number
  /** Peers to measure beside; all without it. */
  peers?: readonly PeerName[]
  /** Told before each row. */
  onRow?(title: string): void
}

/** For a look; the aims ask for 30. */
export const ENGINE_REPETITIONS = 5
const WARMUP_MS_MAX = 500
const WARMUP_MS_PER_REPETITION = 50
/** Far more than the slowest sample of the slowest peer. */
const TURN_MS_MAX = 60_000

/** Measures the script engine beside its peers and floors. Throws a `UserError` for unknown rows. */
export async function measureEngine(options: EngineBenchOptions): Promise<EngineReport> {
  const { repetitions } = options
  const warmupMs = Math.min(WARMUP_MS_MAX, repetitions * WARMUP_MS_PER_REPETITION)
  const rows = selectRows(options.rows)
  const peers = options.peers ?? PEER_NAMES
  const lacks = new Map(peers.flatMap(name => lackOf(name)))
  const contenders = CONTENDER_NAMES.filter(name => !isPeer(name) || (peers.includes(name) && !lacks.has(name)))
  const startedMs = performance.now()
  await using built = await createBuiltCopy()
  const mainFile = built.file('bench/engine/row-process-main')
  const measured: ReportRow[] = []
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

function oneRow(row: Row, measured: Measured, lacks: ReadonlyMap<PeerName, string>): ReportRow {
  const about = new Set(contendersOf(row, CONTENDER_NAMES))
  const absent = new Map([...lacks].filter(([name]) => about.has(name)))
  return reportRow({ row, measured, absent, profile: TRIAL_PROFILE })
}

function selectRows(ids: readonly string[] = ROW_IDS): Row[] {
  const unknown = ids.filter(id => !ROW_IDS.includes(id))
  if (unknown.length > 0) {
    throw new UserError('usage', `--rows: there is no row ${unknown.join(', ')}; there are ${ROW_IDS.join(', ')}`)
  }
  return ROWS.filter(({ id }) => ids.includes(id))
}

function contendersOf(row: Row, names: readonly ContenderName[]): ContenderName[] {
  return names.filter(name => (row.contenders ?? names).includes(name))
}

function isPeer(name: ContenderName): name is PeerName {
  return (PEER_NAMES as readonly string[]).includes(name)
}

function lackOf(name: PeerName): [PeerName, string][] {
  const lack = peerLack(name)
  return lack === undefined ? [] : [[name, lack]]
}
