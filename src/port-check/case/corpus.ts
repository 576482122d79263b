import { readdir, readFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { z } from 'zod'
import { UserError } from '../../contracts/errors.ts'
import type { JsonObject, JsonValue } from '../../contracts/json.ts'
import { applyPatchProgram } from '../kinds/apply-patch-program.ts'
import type { CaseIndex, CorpusKind, PortCase } from './corpus-kind.ts'
import { corpusNames, kindNamed, kindOf } from './corpus-kinds.ts'

/** One line of a corpus: a case, or what is wrong with it. */
export type CorpusEntry = { file: string; line: number } & (
  | { case: PortCase; kind: CorpusKind; source: JsonObject }
  | { problem: string; id: string; kind?: CorpusKind }
)

interface NumberedLine {
  line: number
  value: JsonValue | undefined
  problem?: string
}

/**
 * Reads corpora: a header line that names the tool, then one case a line; files without header are told by their
 * fields. Lines that cannot be understood are given as problems; kinds that are not wanted are left out. Throws a `UserError` for a file that cannot be read.
 */
export async function readCorpora(
  files: readonly string[],
  isWanted: (kind: CorpusKind) => boolean = () => true,
): Promise<CorpusEntry[]> {
  const texts = new Map<string, NumberedLine[]>()
  for (const file of files) texts.set(file, await readLines(file))
  const index = await indexOf(texts)
  return [...texts].flatMap(([file, lines]) => readEntries(file, lines, { index, isWanted }))
}

/** The patches that cases of a corpus may refer to. */
export async function readCaseIndex(file: string): Promise<CaseIndex> {
  return indexOf(new Map([[file, await readLines(file)]]))
}

/** Every `.jsonl` file of the folder of recorded behaviour that comes with the package. */
export async function ownCorpora(): Promise<string[]> {
  const folder = join(import.meta.dirname, '..', '..', '..', 'fixtures', 'ports')
  const names = (await readdir(folder)).filter(name => name.endsWith('.jsonl'))
  const bare = names.map(name => name.replace(/\.jsonl$/, '')).sort()
  return bare.map(name => join(folder, `${name}.jsonl`))
}

async function readLines(file: string): Promise<NumberedLine[]> {
  const bytes = await readFile(file).catch((error: Error) => {
    throw new UserError(
      'file-not-found',
      `--corpus ${file}: it cannot be read (${error.message}); expected a .jsonl file.`,
    )
  })
  const lines = bytes
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .split('\n')
  return lines.flatMap((text, index) => (text.trim() === '' ? [] : [{ line: index + 1, ...parseLine(text) }]))
}

function parseLine(text: string): Pick<NumberedLine, 'value' | 'problem'> {
  try {
    return { value: JSON.parse(text) as JsonValue }
  } catch (error) {
    return { value: undefined, problem: `expected JSON: ${(error as Error).message}` }
  }
}

/** The patches of all given corpora and of those beside them: cases of the tool refer to them by id. */
async function indexOf(texts: ReadonlyMap<string, readonly NumberedLine[]>): Promise<CaseIndex> {
  const cases = new Map<string, JsonObject>()
  const take = (lines: readonly NumberedLine[]) => {
    for (const { value } of lines) {
      if (isObject(value) && applyPatchProgram.fits(value) && typeof value.id === 'string' && !cases.has(value.id))
        cases.set(value.id, value)
    }
  }
  for (const lines of texts.values()) take(lines)
  for (const file of new Set([...texts.keys()].flatMap(siblingsOf))) {
    if (!texts.has(file)) take(await readLines(file).catch(() => []))
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

type Reader = { kind: CorpusKind; read: (line: JsonObject) => PortCase }

interface Reading {
  index: CaseIndex
  isWanted(kind: CorpusKind): boolean
}

function readEntries(file: string, lines: readonly NumberedLine[], { index, isWanted }: Reading): CorpusEntry[] {
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
  const told = error.issues
    .map(innermost)
    .slice(0, ISSUES_SHOWN)
    .map(({ path, message }) => `${path.map(String).join('.') || 'the line'}: ${message}`)
  return told.join('; ')
}

/** Of several shapes that would do, the one that fits furthest tells most. */
function innermost(issue: z.core.$ZodIssue): z.core.$ZodIssue {
  if (issue.code !== 'invalid_union') return issue
  const first = issue.errors.flatMap(([one]) => (one ? [one] : []))
  const deepest = first.toSorted((left, right) => left.path.length - right.path.length).at(-1)
  return deepest === undefined ? issue : innermost({ ...deepest, path: [...issue.path, ...deepest.path] })
}

function idOf(value: JsonValue | undefined, { file, line }: { file: string; line: number }): string {
  return isObject(value) && typeof value.id === 'string' && value.id !== '' ? value.id : `${basename(file)}:${line}`
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
