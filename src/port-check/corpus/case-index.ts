import { basename, dirname, join } from 'node:path'
import { isObject } from '../../base/json-fields.ts'
import type { JsonObject } from '../../contracts/json.ts'
import { applyPatchProgram } from '../kinds/apply-patch-program.ts'
import type { CaseIndex } from './corpus-kind.ts'
import { type CorpusLine, readCorpusLines } from './corpus-lines.ts'

/** The patches that cases of a corpus can refer to. */
export async function readCaseIndex(file: string): Promise<CaseIndex> {
  return indexPatches(new Map([[file, await readCorpusLines(file)]]))
}

/** The patches of all given corpora and of those next to them: cases of the tool refer to them by id. */
export async function indexPatches(texts: ReadonlyMap<string, readonly CorpusLine[]>): Promise<CaseIndex> {
  const cases = new Map<string, JsonObject>()
  const take = (lines: readonly CorpusLine[]) => {
    for (const { value } of lines) {
      if (isObject(value) && applyPatchProgram.fits(value) && typeof value.id === 'string' && !cases.has(value.id))
        cases.set(value.id, value)
    }
  }
  for (const lines of texts.values()) take(lines)
  for (const file of new Set([...texts.keys()].flatMap(siblingsOf))) {
    if (!texts.has(file)) take(await readCorpusLines(file).catch(() => []))
  }
  return { find: id => cases.get(id) }
}

/** `apply-patch-tool.jsonl` → `apply-patch.jsonl`; `upstream-apply-patch-tool.jsonl` → its own and the common one. */
export function siblingsOf(file: string): string[] {
  const name = basename(file)
  const names = name.includes('-tool')
    ? [name.replace('-tool', ''), 'apply-patch.jsonl', 'upstream-apply-patch.jsonl']
    : []
  return names.map(sibling => join(dirname(file), sibling))
}
