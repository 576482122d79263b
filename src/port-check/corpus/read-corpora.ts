import { basename } from 'node:path'
import { z } from 'zod'
import { isObject } from '../../base/json-fields.ts'
import type { JsonObject, JsonValue } from '../../contracts/json.ts'
import { indexPatches } from './case-index.ts'
import type { CaseIndex, CorpusKind, PortCase } from './corpus-kind.ts'
import { corpusNames, kindNamed, kindOf } from './corpus-kinds.ts'
import { type CorpusLine, readCorpusLines } from './corpus-lines.ts'

/** One line of a corpus: a case, or what is wrong with it. */
export type CorpusEntry = { file: string; line: number } & (
  | { case: PortCase; kind: CorpusKind; source: JsonObject }
  | { problem: string; id: string; kind?: CorpusKind }
)

/**
 * Reads corpora: a header line that names the tool, then one case per line; the cases of a file without header are
 * recognized by their fields. A line that cannot be understood becomes a problem; kinds that are not wanted are left
 * out. Throws a `UserError` for a file that cannot be read.
 */
export async function readCorpora(
  files: readonly string[],
  isWanted: (kind: CorpusKind) => boolean = () => true,
): Promise<CorpusEntry[]> {
  const texts = new Map<string, CorpusLine[]>()
  for (const file of files) texts.set(file, await readCorpusLines(file))
  const index = await indexPatches(texts)
  return [...texts].flatMap(([file, lines]) => readEntries(file, lines, { index, isWanted }))
}

type Reader = { kind: CorpusKind; read: (line: JsonObject) => PortCase }

interface EntryOptions {
  index: CaseIndex
  isWanted(kind: CorpusKind): boolean
}

function readEntries(file: string, lines: readonly CorpusLine[], { index, isWanted }: EntryOptions): CorpusEntry[] {
  const entries: CorpusEntry[] = []
  const ids = new Set<string>()
  /** Absent: no header yet. A text: why nothing below the header can be read. */
  let reader: Reader | string | undefined
  for (const { line, value, problem } of lines) {
    const place = { file, line }
    const fail = (message: string, kind?: CorpusKind) =>
      entries.push({ ...place, id: idOf(value, place), problem: message, ...(kind && { kind }) })
    if (!isObject(value)) {
      fail(problem ?? 'expected an object')
      continue
    }
    if (isHeader(value)) {
      reader = openReader(value, index)
      if (typeof reader === 'string') {
        fail(reader)
        reader = 'the header of its corpus is not understood'
      }
      continue
    }
    const own = reader ?? readerOf(value, index)
    if (typeof own === 'string') {
      fail(own)
      continue
    }
    if (!isWanted(own.kind)) continue
    const read = readCase(own, value)
    if ('problem' in read) fail(read.problem, own.kind)
    else if (ids.has(read.case.id)) fail(`id: expected one case of each id, got a second ${read.case.id}`, own.kind)
    else entries.push({ ...place, ...read, kind: own.kind, source: value })
    if ('case' in read) ids.add(read.case.id)
  }
  return entries
}

function isHeader(value: JsonObject): boolean {
  return value._header === true || (typeof value.corpus === 'string' && value.id === undefined)
}

function openReader(header: JsonObject, index: CaseIndex): Reader | string {
  const { corpus } = header
  const kind = typeof corpus === 'string' ? kindNamed(corpus) : undefined
  if (kind === undefined) return `header: corpus: expected one of ${corpusNames()}; got ${JSON.stringify(corpus)}`
  try {
    return { kind, read: kind.open(header, index) }
  } catch (error) {
    return `header: ${explain(error)}`
  }
}

function readerOf(line: JsonObject, index: CaseIndex): Reader | string {
  const kind = kindOf(line)
  if (kind === undefined) return 'expected the fields of a known kind of case, or a header line that names the corpus'
  return { kind, read: kind.open({}, index) }
}

function readCase({ read }: Reader, line: JsonObject): { case: PortCase } | { problem: string } {
  try {
    return { case: read(line) }
  } catch (error) {
    return { problem: explain(error) }
  }
}

const ISSUES_SHOWN = 3

/** `field.inner: what was expected`, of the first few fields. Anything but a mistake of shape is ours. */
function explain(error: unknown): string {
  if (!(error instanceof z.ZodError)) throw error
  const problems = error.issues
    .map(innermost)
    .slice(0, ISSUES_SHOWN)
    .map(({ path, message }) => `${path.map(String).join('.') || 'the line'}: ${message}`)
  return problems.join('; ')
}

/** The most useful message is that of the shape that fits furthest. */
function innermost(issue: z.core.$ZodIssue): z.core.$ZodIssue {
  if (issue.code !== 'invalid_union') return issue
  const first = issue.errors.flatMap(([one]) => (one ? [one] : []))
  const deepest = first.toSorted((left, right) => left.path.length - right.path.length).at(-1)
  return deepest === undefined ? issue : innermost({ ...deepest, path: [...issue.path, ...deepest.path] })
}

function idOf(value: JsonValue | undefined, { file, line }: { file: string; line: number }): string {
  return isObject(value) && typeof value.id === 'string' && value.id !== '' ? value.id : `${basename(file)}:${line}`
}
