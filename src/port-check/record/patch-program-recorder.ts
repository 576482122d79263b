import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { inParallel } from '../../base/in-parallel.ts'
import type { JsonObject, JsonValue } from '../../contracts/json.ts'
import { type CaseFolder, createCaseFolder } from '../check/case-folder.ts'
import { type Tree, treeJson, treeSchema } from '../corpus/tree.ts'
import { type PatchCase, patchInput } from '../kinds/patch-case.ts'
import { openPatchProgram, type PatchProgram } from '../upstream/run-patch-program.ts'
import { isSameJson } from './corpus-json.ts'
import { type RawCase, type Recorded, type Recorder, recordedBefore } from './recorder.ts'

/** The standalone program: one process per case. */
export const patchProgramRecorder: Recorder = {
  kind: 'applyPatch',
  versionsIn: 'expect',
  sharesEntries: true,
  async record(cases, { program, scratchDir, processesMax }) {
    const recorded = new Map<string, Recorded>()
    const patchProgram = openPatchProgram(program, join(scratchDir, 'bin'))
    await inParallel(cases, processesMax, async (one, index) => {
      const { input, ...how } = patchInput.parse(one.source)
      const folder = createCaseFolder(join(scratchDir, String(index)))
      try {
        folder.write(input)
        if (how.user === 'nobody') folder.giveToNobody()
        const previous = previousTree(one, program.version)
        recorded.set(one.id, await recordPatchRun({ ...how, previous }, folder, patchProgram))
      } finally {
        folder.remove()
      }
    })
    rmSync(join(scratchDir, 'bin'), { recursive: true, force: true })
    return recorded
  },
}

type PatchRun = Pick<PatchCase, 'invoke' | 'env' | 'user'> & { previous?: Tree | undefined }

/** What the program does in a folder, in a corpus's form. A tree that is as before keeps the spelling of its paths. */
export async function recordPatchRun(
  { previous, ...run }: PatchRun,
  folder: CaseFolder,
  patchProgram: PatchProgram,
): Promise<JsonObject> {
  const before = folder.read()
  const end = await patchProgram.run({ ...run, cwd: folder.cwd, filled: folder.filled })
  const after = folder.read()
  return {
    exit: end.exit,
    stdout: folder.emptied(end.stdout),
    stderr: folder.emptied(end.stderr),
    ...(isSameTree(before, after) ? { tree_unchanged: true } : { tree: treeJson(spelledAs(previous, after, folder)) }),
  }
}

export function isSameTree(left: Tree, right: Tree): boolean {
  return isSameJson(treeJson(left), treeJson(right))
}

/** Paths can be spelled in several ways; a tree that is the same as before keeps its spelling. */
export function spelledAs(previous: Tree | undefined, tree: Tree, folder: CaseFolder): Tree {
  return previous !== undefined && isSameTree(folder.comparable(previous), tree) ? previous : tree
}

function previousTree(one: RawCase, version: string): Tree | undefined {
  const before: Record<string, JsonValue | undefined> = recordedBefore(one, patchProgramRecorder, version) ?? {}
  const parsed = z.object({ tree: treeSchema }).safeParse(before)
  return parsed.success ? parsed.data.tree : undefined
}
