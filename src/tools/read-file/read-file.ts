import { constants } from 'node:fs'
import { z } from 'zod'
import type { Result } from '../../contracts/result.ts'
import type { Tool, ToolFailure } from '../../contracts/tool.ts'
import { cutToBytes } from '../cut-to-bytes.ts'
import { resolveToOpen, workspaceFiles } from '../host-files.ts'
import { errorCode, osErrorText } from '../os-error-text.ts'
import { wholeNumber } from '../whole-number.ts'
import { indentationBlock, indentOf } from './indentation-block.ts'
import { NotAFileError, readLines } from './read-lines.ts'

const LINE_BYTES_MAX = 500

const indentation = z
  .object({
    anchorLine: wholeNumber().describe('The 1-based line the block is built around. Default: offset.').optional(),
    maxLevels: wholeNumber()
      .describe('How many levels of indentation above the anchor to include; 0 (default) means all.')
      .default(0),
    includeSiblings: z.boolean().describe('Include other blocks of the outermost level.').default(false),
    includeHeader: z.boolean().describe('Include comments right above the block.').default(true),
    maxLines: wholeNumber().describe('Upper limit of lines. Default: limit.').optional(),
  })
  .describe('Only for mode "indentation".')

const input = z.object({
  filePath: z.string().describe('The file: relative to the workspace root, or absolute in it.'),
  offset: wholeNumber().describe('1-based number of the first line.').default(1),
  limit: wholeNumber().describe('How many lines at most.').default(2000),
  mode: z
    .enum(['slice', 'indentation'])
    .describe('"slice" (default): `limit` lines from `offset`. "indentation": the indented block around a line.')
    .default('slice'),
  indentation: indentation.optional(),
})

const output = z.object({
  text: z.string().describe('The lines joined by newlines, without line numbers. Each line is cut at 500 bytes.'),
  startLine: wholeNumber().describe('1-based number of the first line of `text`.'),
  endLine: wholeNumber().describe('1-based number of the last line; startLine - 1 if there is none.'),
})

type Input = z.infer<typeof input>
type Output = z.infer<typeof output>
type ReadResult = Promise<Result<Output, ToolFailure>>

export interface ReadFileOptions {
  /** Refuses relative paths, as Codex does. */
  pathsAreAbsolute?: boolean
}

/** The `readFile` tool: a slice of lines, or the block around a line. */
export function createReadFileTool({ pathsAreAbsolute = false }: ReadFileOptions = {}): Tool<Input, Output> {
  return {
    name: 'readFile',
    description:
      'Reads lines of a text file: a slice, or the indented block around a line. Lines longer than 500 bytes are cut there; ' +
      'a trailing carriage return is dropped and bytes that are not UTF-8 become U+FFFD.',
    effect: 'read',
    input,
    output,
    concurrencyMax: 16,
    run: async (request, { workspace, signal }) => {
      if (request.offset === 0) return invalid('offset must be a 1-indexed line number')
      if (request.limit === 0) return invalid('limit must be greater than zero')
      if (pathsAreAbsolute && !request.filePath.startsWith('/')) return invalid('file_path must be an absolute path')
      const path = await resolveToOpen(workspace, request.filePath)
      if (!path.ok) return path
      try {
        await using handle = await workspaceFiles(workspace).open(path.value, constants.O_RDONLY)
        return await (request.mode === 'slice' ? readSlice : readBlock)(readLines(handle, signal), request)
      } catch (error) {
        if (signal.aborted) return { ok: false, error: { code: 'cancelled', message: 'reading was cancelled' } }
        const code = errorCode(error) === 'ENOENT' ? 'not-found' : 'failed'
        return { ok: false, error: { code, message: `failed to read file: ${readErrorText(error)}` } }
      }
    },
    render: ({ text, startLine, endLine }) =>
      endLine < startLine
        ? ''
        : text
            .split('\n')
            .map((line, index) => `L${startLine + index}: ${line}`)
            .join('\n'),
  }
}

async function readSlice(source: AsyncIterable<string>, { offset, limit }: Input): ReadResult {
  const lines: string[] = []
  let number = 0
  for await (const line of source) {
    number++
    if (number < offset) continue
    lines.push(line)
    if (lines.length >= limit) break
  }
  return lines.length === 0 ? invalid('offset exceeds file length') : { ok: true, value: passage(lines, offset) }
}

/** Keeps only the lines near the anchor: a block never reaches further than its limit on either side. */
async function readBlock(source: AsyncIterable<string>, { offset, limit, indentation: given }: Input): ReadResult {
  const rules = indentation.parse(given ?? {})
  const anchorLine = rules.anchorLine ?? offset
  const linesMax = Math.min(limit, rules.maxLines ?? limit)
  if (anchorLine === 0) return invalid('anchor_line must be a 1-indexed line number')
  if (linesMax === 0) return invalid('max_lines must be greater than zero')
  const first = Math.max(1, anchorLine - linesMax)
  const lines: string[] = []
  const indents: number[] = []
  let number = 0
  let indent = 0
  for await (const line of source) {
    number++
    indent = indentOf(line) ?? indent
    if (number < first) continue
    lines.push(line)
    indents.push(indent)
    if (number >= anchorLine + linesMax) break
  }
  if (number < anchorLine) return invalid('anchor_line exceeds file length')
  const anchor = anchorLine - first
  const { start, end } = indentationBlock({ ...rules, lines, indents, anchor, linesMax: Math.min(linesMax, number) })
  return { ok: true, value: passage(lines.slice(start, end), first + start) }
}

function passage(lines: readonly string[], startLine: number): Output {
  const text = lines.map(line => cutToBytes(line, LINE_BYTES_MAX)).join('\n')
  return { text, startLine, endLine: startLine + lines.length - 1 }
}

function readErrorText(error: unknown): string {
  if (!(error instanceof NotAFileError)) return osErrorText(error)
  return error.isDirectory ? 'Is a directory (os error 21)' : error.message
}

function invalid(message: string): { ok: false; error: ToolFailure } {
  return { ok: false, error: { code: 'invalid-arguments', message } }
}
