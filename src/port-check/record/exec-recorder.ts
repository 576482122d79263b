import { join } from 'node:path'
import { z } from 'zod'
import { inParallel } from '../../base/in-parallel.ts'
import type { JsonObject, JsonValue } from '../../contracts/json.ts'
import { createCaseFolder } from '../check/case-folder.ts'
import { isSameButForOrder } from '../exec/arrival-order.ts'
import { type ExecGroup, execHeader } from '../exec/exec-case.ts'
import { placesOf } from '../exec/session-places.ts'
import { openEventSession } from '../upstream/event-session.ts'
import { isSameJson, rawMembers } from './corpus-json.ts'
import { turnMembers } from './exec-turn.ts'
import { isSeedEra, type RawCase, type Recorded, type Recorder, type RecordSetting } from './recorder.ts'

const execInput = z.object({
  id: z.string(),
  group: z.string(),
  tool: z.string(),
  kind: z.enum(['function', 'custom']).or(z.string()).default('function'),
})

/** The shell tool of 0.55 with everything that is announced: one conversation a group. */
export const execRecorder: Recorder = {
  kind: 'exec',
  optionalMembers: ['delta_bytes', 'seconds'],
  refusal: version => (isSeedEra(version) ? undefined : `${version} has no tool shell`),
  isSameResult,
  async record(cases, setting) {
    const recorded = new Map<string, Recorded>()
    const { groups } = execHeader.parse(setting.header)
    const byGroup = [...Map.groupBy(cases, ({ source }) => execInput.parse(source).group)]
    await inParallel(byGroup, setting.processesMax, async ([name, members], index) => {
      const group = Object.hasOwn(groups, name) ? groups[name] : undefined
      if (group === undefined) return
      for (const [id, result] of await recordGroup(group, members, { setting, index })) recorded.set(id, result)
    })
    return recorded
  },
}

async function recordGroup(
  group: ExecGroup,
  cases: readonly RawCase[],
  { setting, index }: { setting: RecordSetting; index: number },
): Promise<[string, JsonObject][]> {
  const folder = createCaseFolder(join(setting.scratchDir, String(index)))
  const places = placesOf(folder)
  const recorded: [string, JsonObject][] = []
  try {
    folder.write(group.files)
    await using session = await openEventSession(setting.program, {
      ...group,
      cwd: folder.cwd,
      tables: filledTables(group, places.filled),
    })
    const emptied = (text: string) =>
      places
        .emptied(text.replaceAll(session.homeDir, '{{HOME}}').replaceAll(setting.program.file, '{{CODEX}}'))
        .replace(ARG0_DIR, '{{ARG0DIR}}')
    for (const { source, text } of cases) {
      const { id, tool, kind } = execInput.parse(source)
      const raw = rawMembers(text).get('args') ?? '{}'
      const value: JsonValue = JSON.parse(raw)
      const args = places.filled(typeof value === 'string' ? value : raw)
      const turn = await session.play({ callId: id, kind: kind === 'custom' ? 'custom' : 'function', name: tool, args })
      if (turn === undefined) break
      recorded.push([id, turnMembers(turn, emptied)])
    }
    return recorded
  } finally {
    folder.remove()
  }
}

/** The folder that the program puts first on PATH. */
const ARG0_DIR = /(?:\/[\w.-]+)*\/(?:\.tmp|codex-arg0)\w{6}(?=:)/g

function filledTables({ config }: ExecGroup, filled: (text: string) => string): Record<string, JsonObject> {
  const tables = Object.entries(config).filter(([, table]) => Object.keys(table).length > 0)
  return JSON.parse(filled(JSON.stringify(Object.fromEntries(tables))))
}

/** A busy machine is slower; nothing is faster than what it waits for. */
const EARLY_SECONDS_MAX = 0.15
const LATE_SECONDS_MAX = 3
/** The recording machine kept its sessions here; some commands name it. */
const RECORDED_ROOT = /\/tmp\/oc(?=\/)/g

/** Equal but for what no two runs have in common: moments, the order of two streams, the parser's columns. */
function isSameResult(left: JsonObject, right: JsonObject): boolean {
  const before = typeof left.seconds === 'number' ? left.seconds : 0
  const after = typeof right.seconds === 'number' ? right.seconds : 0
  const isSameTime = after > before - EARLY_SECONDS_MAX && after < before + LATE_SECONDS_MAX
  return isSameTime && isSameJson(comparable(left), comparable(inOrderOf(left, right)))
}

function comparable({ events, begin, end, model_output, delta_bytes }: JsonObject): JsonObject {
  const members = { events, begin, end, model_output, delta_bytes: delta_bytes ?? {} }
  const text = JSON.stringify(members)
    .replace(RECORDED_ROOT, '{{ROOT}}')
    .replace(/(, column: )\d+\)/g, '$1')
  return JSON.parse(text)
}

const commandEnd = z.object({ stdout: z.string(), stderr: z.string(), aggregated_output: z.string() })

/** What both streams gave, put in the order of another run, where it is nothing but another order. */
function inOrderOf(wanted: JsonObject, given: JsonObject): JsonObject {
  const [left, right] = [commandEnd.safeParse(wanted.end), commandEnd.safeParse(given.end)]
  if (!left.success || !right.success) return given
  const { stdout, stderr, aggregated_output: ours } = right.data
  const theirs = left.data.aggregated_output
  const pieces = [
    { stream: 'stdout' as const, text: stdout, atMs: 0 },
    { stream: 'stderr' as const, text: stderr, atMs: 0 },
  ]
  if (ours === theirs || !isSameButForOrder(theirs, ours, pieces)) return given
  const inJson = (text: string) => JSON.stringify(text).slice(1, -1)
  const reordered = (text: string) => text.replace(ours, () => theirs).replace(inJson(ours), () => inJson(theirs))
  const end = Object.entries(given.end as JsonObject).map(([name, value]) => [
    name,
    typeof value === 'string' && !['stdout', 'stderr'].includes(name) ? reordered(value) : value,
  ])
  const { model_output } = given
  return {
    ...given,
    end: Object.fromEntries(end),
    ...(typeof model_output === 'string' && { model_output: reordered(model_output) }),
  }
}
