import { join } from 'node:path'
import { z } from 'zod'
import { inParallel } from '../../base/in-parallel.ts'
import type { JsonValue } from '../../contracts/json.ts'
import { type CaseFolder, createCaseFolder } from '../check/case-folder.ts'
import { namedTrees } from '../kinds/case-fields.ts'
import { converse } from '../upstream/converse.ts'
import { rawMembers } from './corpus-json.ts'
import { isSeedEra, type RawCase, type Recorded, type Recorder, type RecordSetting } from './recorder.ts'

/** So many calls are made in one answer of the model. */
const CALLS_AT_ONCE = 20
/** The family of models that is offered these tools. */
const MODEL = 'test-gpt-5-codex'

interface ReaderTool {
  kind: string
  upstream: string
  /** Whether the session's working directory matters. */
  isInFolder?: true
}

const READERS: readonly ReaderTool[] = [
  { kind: 'readFile', upstream: 'read_file' },
  { kind: 'listDir', upstream: 'list_dir' },
  { kind: 'grepFiles', upstream: 'grep_files', isInFolder: true },
]

/** The tools that only read: many calls in one conversation, or in one for each tree. */
export const modelOutputRecorders: readonly Recorder[] = READERS.map(tool => ({
  kind: tool.kind,
  refusal: version => (isSeedEra(version) ? undefined : `${version} has no tool ${tool.upstream}`),
  isSameResult: (left, right) => comparable(left.output) === comparable(right.output),
  async record(cases, setting) {
    const recorded = new Map<string, Recorded>()
    const folders = writeTrees(cases, setting)
    const sessions = Map.groupBy(cases, one => (tool.isInFolder ? treeOf(one) : ''))
    await inParallel([...sessions], setting.processesMax, async ([name, members]) => {
      const cwd = folders.get(name)?.cwd ?? setting.scratchDir
      for (const [id, output] of await outputsOf(members, { setting, folders, cwd, name: tool.upstream })) {
        recorded.set(id, { output })
      }
    })
    return recorded
  },
}))

function treeOf({ source }: RawCase): string {
  return z.object({ tree: z.string() }).parse(source).tree
}

function writeTrees(cases: readonly RawCase[], { header, scratchDir }: RecordSetting): Map<string, CaseFolder> {
  const { trees } = z.object({ trees: namedTrees }).parse(header)
  const folders = new Map<string, CaseFolder>()
  for (const name of new Set(cases.map(treeOf))) {
    const tree = Object.hasOwn(trees, name) ? trees[name] : undefined
    if (tree === undefined) continue
    const folder = createCaseFolder(join(scratchDir, String(folders.size)))
    folder.write(tree.tree, { fifos: tree.fifo, hasOrderedTimes: tree.mtime })
    folders.set(name, folder)
  }
  return folders
}

/** A parser's column counts the characters of the working directory, which is called otherwise in every run. */
function comparable(output: JsonValue | undefined): string {
  return String(output).replace(/^(failed to parse function arguments: .*, column: )\d+\)$/s, '$1')
}

interface Session {
  setting: RecordSetting
  folders: ReadonlyMap<string, CaseFolder>
  cwd: string
  name: string
}

async function outputsOf(cases: readonly RawCase[], { setting, folders, cwd, name }: Session) {
  const calls = cases.flatMap(one => {
    const folder = folders.get(treeOf(one))
    return folder
      ? [{ callId: one.id, kind: 'function' as const, name, args: folder.filled(argumentText(one.text)) }]
      : []
  })
  const turns = Array.from({ length: Math.ceil(calls.length / CALLS_AT_ONCE) }, (_, turn) =>
    calls.slice(turn * CALLS_AT_ONCE, (turn + 1) * CALLS_AT_ONCE),
  )
  const { outputs } = await converse(setting.program, { model: MODEL, cwd, turns })
  return cases.flatMap(one => {
    const output = outputs.get(one.id)
    return output === undefined ? [] : [[one.id, folders.get(treeOf(one))?.emptied(output) ?? output] as const]
  })
}

/** A text is the raw text of the arguments; anything else is sent as it is written in the corpus. */
function argumentText(line: string): string {
  const raw = rawMembers(line).get('args') ?? '{}'
  const value = JSON.parse(raw) as JsonValue
  return typeof value === 'string' ? value : raw
}
