import { join } from 'node:path'
import { z } from 'zod'
import { inParallel } from '../../base/in-parallel.ts'
import type { JsonObject } from '../../contracts/json.ts'
import { createCaseFolder } from '../check/case-folder.ts'
import { treeJson, treeSchema } from '../corpus/tree.ts'
import { filledBytes, patchInput, readPatchCase, recordedRunOf, treeAfter } from '../kinds/patch-case.ts'
import { converse } from '../upstream/converse.ts'
import { isSameTree, spelledAs } from './patch-program-recorder.ts'
import {
  isSeedEra,
  type RawCase,
  type Recorded,
  type Recorder,
  type RecordSetting,
  recordedBefore,
} from './recorder.ts'

const CALL = 'patch'

/** Models that are offered the tool, unless the header names some. */
const MODELS = z.object({ models: z.record(z.string(), z.string()).default({}) })

/** The tool of a session: one conversation a case, since the tool works in the session's folder. */
export const patchToolRecorder: Recorder = {
  kind: 'applyPatchTool',
  versionsIn: 'expect',
  async record(cases, setting) {
    const recorded = new Map<string, Recorded>()
    await inParallel(cases, setting.processesMax, async (one, index) => {
      const done = await recordOne(one, setting, index)
      if (done !== undefined) recorded.set(one.id, done)
    })
    return recorded
  },
}

async function recordOne(one: RawCase, setting: RecordSetting, index: number): Promise<JsonObject | undefined> {
  const { program, header } = setting
  const source = setting.index.find(String(one.source.case))
  if (source === undefined) return undefined
  const { input, invoke, user } = patchInput.parse(source)
  const folder = createCaseFolder(join(setting.scratchDir, String(index)))
  try {
    folder.write(input)
    if (user === 'nobody') folder.giveToNobody()
    const patch = filledBytes(
      invoke.mode === 'arg' ? invoke.patch : (invoke.args[0] ?? invoke.stdin ?? ''),
      folder.filled,
    )
    if (typeof patch !== 'string') return undefined
    const model =
      MODELS.parse(header).models[program.version] ?? (isSeedEra(program.version) ? 'codex-exp-oracle' : 'gpt-5.5')
    const call = { callId: CALL, kind: 'custom' as const, name: 'apply_patch', args: patch }
    const { outputs } = await converse(program, { model, cwd: folder.cwd, turns: [[call]] })
    const output = outputs.get(CALL)
    if (output === undefined) return undefined
    const model_output = withoutTime(folder.emptied(output))
    const patchCase = readPatchCase(source)
    const byProgram = Object.hasOwn(patchCase.expect, program.version)
      ? treeAfter(recordedRunOf(patchCase, program.version), input)
      : undefined
    const tree = folder.read()
    if (byProgram !== undefined && isSameTree(folder.comparable(byProgram), tree)) {
      return { model_output, verify_differs: false }
    }
    const previous = z.object({ tree: treeSchema }).safeParse(recordedBefore(one, patchToolRecorder, program.version))
    const shown = spelledAs(previous.success ? previous.data.tree : undefined, tree, folder)
    return { model_output, verify_differs: true, tree: treeJson(shown) }
  } finally {
    folder.remove()
  }
}

function withoutTime(output: string): string {
  return output.replace(/^(Exit code: -?\d+\nWall time: )[\d.]+ seconds/, '$1{{S}} seconds')
}
