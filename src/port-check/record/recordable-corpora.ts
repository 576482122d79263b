import { readFile } from 'node:fs/promises'
import type { JsonObject } from '../../contracts/json.ts'
import type { CorpusKind } from '../corpus/corpus-kind.ts'
import { kindNamed } from '../corpus/corpus-kinds.ts'
import { canRecord } from './record-corpus.ts'

/** Those corpora that are of a wanted kind and can be recorded, by their headers. */
export async function recordableCorpora(
  files: readonly string[],
  isWanted: (kind: CorpusKind) => boolean,
): Promise<string[]> {
  const recordable: string[] = []
  for (const file of files) {
    const kind = kindNamed(await corpusNameOf(file))
    if (kind !== undefined && isWanted(kind) && canRecord(kind.name)) recordable.push(file)
  }
  return recordable
}

async function corpusNameOf(file: string): Promise<string> {
  const [header = '{}'] = (await readFile(file, 'utf8')).split('\n', 1)
  const { corpus } = JSON.parse(header) as JsonObject
  return String(corpus)
}
