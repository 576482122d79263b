import { readFile } from 'node:fs/promises'
import { UserError } from '../../contracts/errors.ts'
import type { JsonValue } from '../../contracts/json.ts'

/** A line of a corpus as JSON; where it is not, the value is absent and `problem` says why. */
export interface CorpusLine {
  line: number
  value: JsonValue | undefined
  problem?: string
}

/** The lines of a corpus that are not blank. Throws a `UserError` for a file that cannot be read. */
export async function readCorpusLines(file: string): Promise<CorpusLine[]> {
  const bytes = await readFile(file).catch((error: Error) => {
    throw new UserError(
      'file-not-found',
      `--corpus ${file}: cannot be read (${error.message}); expected a .jsonl file.`,
    )
  })
  const lines = bytes
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .split('\n')
  return lines.flatMap((text, index) => (text.trim() === '' ? [] : [{ line: index + 1, ...parseLine(text) }]))
}

function parseLine(text: string): Pick<CorpusLine, 'value' | 'problem'> {
  try {
    return { value: JSON.parse(text) as JsonValue }
  } catch (error) {
    return { value: undefined, problem: `expected JSON: ${(error as Error).message}` }
  }
}
