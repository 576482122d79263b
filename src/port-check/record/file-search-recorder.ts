import { join } from 'node:path'
import { z } from 'zod'
import { isObject } from '../../base/json-fields.ts'
import type { JsonObject, JsonValue } from '../../contracts/json.ts'
import { type CaseFolder, createCaseFolder } from '../check/case-folder.ts'
import { namedTrees } from '../kinds/case-fields.ts'
import { startAppServer } from '../upstream/app-server.ts'
import { createSessionHome } from '../upstream/session-home.ts'
import { isSameJson } from './corpus-json.ts'
import type { RawCase, Recorded, Recorder, RecordSetting } from './recorder.ts'

const searchInput = z.object({ id: z.string(), tree: z.string(), query: z.string(), roots: z.array(z.string()) })

/** A search that gets no answer in this time gets none. */
const REPLY_TIMEOUT_MS = 10_000

/** The search behind the `@` of the terminal, asked of the app server. */
export const fileSearchRecorder: Recorder = {
  kind: 'fileSearch',
  versionsIn: 'result',
  isSameResult: (left, right) => isSameJson(withoutTies(left), withoutTies(right)),
  isStable: (left, right) => isSameJson(left, right),
  async record(cases, setting) {
    const folders = writeTrees(cases, setting)
    await using home = await createSessionHome(setting.program, '')
    const start = () => startAppServer(setting.program, { cwd: setting.scratchDir, env: home.env })
    let server = await start()
    const recorded = new Map<string, Recorded>()
    try {
      for (const { source } of cases) {
        const { id, tree, query, roots } = searchInput.parse(source)
        const folder = folders.get(tree)
        if (folder === undefined) continue
        const params = { query, roots: roots.map(folder.filled), cancellationToken: null }
        const reply = await server.request('fuzzyFileSearch', params, REPLY_TIMEOUT_MS)
        recorded.set(id, reply === undefined ? NO_REPLY : emptied(reply, folder))
        if (reply !== undefined) continue
        await server[Symbol.asyncDispose]()
        server = await start()
      }
      return recorded
    } finally {
      await server[Symbol.asyncDispose]()
    }
  },
}

/** No answer in time, or a server that ended over the question. */
const NO_REPLY = { no_reply: 'Empty' }

/** As many as a root gives; which of several with the lowest score are among them is a matter of threads. */
const FILES_MAX = 50

const scored = z.object({ files: z.array(z.looseObject({ score: z.number() })).min(FILES_MAX) })

function withoutTies(result: JsonObject): JsonObject {
  const parsed = scored.safeParse(result)
  if (!parsed.success) return result
  const { files } = parsed.data
  const lowest = Math.min(...files.map(({ score }) => score))
  return { files: files.filter(({ score }) => score > lowest) as unknown as JsonValue, count: files.length, lowest }
}

function writeTrees(cases: readonly RawCase[], { header, scratchDir }: RecordSetting): Map<string, CaseFolder> {
  const { trees } = z.object({ trees: namedTrees }).parse(header)
  const names = new Set(cases.map(({ source }) => searchInput.parse(source).tree))
  const folders = new Map<string, CaseFolder>()
  for (const [index, name] of [...names].entries()) {
    const tree = Object.hasOwn(trees, name) ? trees[name] : undefined
    if (tree === undefined) continue
    const folder = createCaseFolder(join(scratchDir, String(index)))
    folder.write(tree.tree, { fifos: tree.fifo })
    folders.set(name, folder)
  }
  return folders
}

function emptied(reply: JsonValue, folder: CaseFolder): Recorded {
  const value: JsonValue = JSON.parse(folder.emptied(JSON.stringify(reply)))
  return isObject(value) ? value : null
}
