import { readFile } from 'node:fs/promises'
import type { JsonObject } from '../../contracts/json.ts'
import type { CorpusKind } from '../corpus/corpus-kind.ts'
import { kindNamed } from '../corpus/corpus-kinds.ts'
import { canRecord } from './record-corpus.ts'

/** Of some corpora those of wanted kinds for which there is a recorder. Their headers tell. */
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
