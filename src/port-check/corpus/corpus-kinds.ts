import type { JsonObject } from '../../contracts/json.ts'
import { execKind } from '../exec/exec-kind.ts'
import { applyPatchProgram } from '../kinds/apply-patch-program.ts'
import { applyPatchTool } from '../kinds/apply-patch-tool.ts'
import { exec169 } from '../kinds/exec169.ts'
import { fileSearch } from '../kinds/file-search.ts'
import { heredoc } from '../kinds/heredoc.ts'
import { modelOutputKinds } from '../kinds/model-output.ts'
import type { CorpusKind } from './corpus-kind.ts'

/** Every kind of corpus that can be checked, in the order of tables. */
export const CORPUS_KINDS: readonly CorpusKind[] = [
  applyPatchProgram,
  applyPatchTool,
  heredoc,
  execKind,
  ...modelOutputKinds,
  fileSearch,
  exec169,
]

/** The kind a header names, in any spelling of its blanks, dashes and capitals. */
export function kindNamed(corpus: string): CorpusKind | undefined {
  return CORPUS_KINDS.find(({ corpora }) => corpora.some(name => bare(name) === bare(corpus)))
}

/** The kind a case looks like, for files without a header. */
export function kindOf(line: JsonObject): CorpusKind | undefined {
  return CORPUS_KINDS.find(kind => kind.fits(line))
}

export function corpusNames(): string {
  return CORPUS_KINDS.map(({ corpora }) => corpora[0]).join(', ')
}

function bare(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '')
}
