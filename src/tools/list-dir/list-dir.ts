import { z } from 'zod'
import type { Result } from '../../contracts/result.ts'
import type { Tool, ToolFailure } from '../../contracts/tool.ts'
import { cutToBytes } from '../cut-to-bytes.ts'
import { resolveToOpen } from '../host-files.ts'
import { errorCode, osErrorText } from '../os-error-text.ts'
import { wholeNumber } from '../whole-number.ts'
import { type DirectoryEntry, type EntryKind, listEntries } from './list-entries.ts'

const NAME_BYTES_MAX = 500
const SUFFIX: Record<EntryKind, string> = { file: '', directory: '/', symlink: '@', other: '?' }

const input = z.object({
  dirPath: z.string().describe('The folder: relative to the workspace root, or absolute in it.'),
  offset: wholeNumber().describe('1-based number of the first entry.').default(1),
  limit: wholeNumber().describe('How many entries at most.').default(25),
  depth: wholeNumber().describe('How many levels to descend; 1 lists the folder itself only.').default(2),
})

const output = z.object({
  dirPath: z.string().describe('The folder, absolute.'),
  entries: z.array(
    z.object({
      path: z.string().describe('Absolute path of the entry; any other tool takes it.'),
      kind: z.enum(['file', 'directory', 'symlink', 'other']),
      depth: wholeNumber().describe('1 for entries of the folder itself, 2 for those one level below, …'),
    }),
  ),
  more: z.boolean().describe('Whether entries remain behind this page.'),
})

type Input = z.infer<typeof input>
type Output = z.infer<typeof output>

export interface ListDirOptions {
  /** Refuses relative paths, as Codex does. */
  pathsAreAbsolute?: boolean
}

/** The `listDir` tool: a folder's entries in pages, parents before children. */
export function createListDirTool({ pathsAreAbsolute = false }: ListDirOptions = {}): Tool<Input, Output> {
  return {
    name: 'listDir',
    description:
      'Lists a folder down to a depth, hidden entries included. Symlinks are listed, not followed. Pages count nearer levels first. ' +
      'In the text, two blanks stand for a level; suffixes: / folder, @ symlink, ? other.',
    effect: 'read',
    input,
    output,
    concurrencyMax: 16,
    run: async (request, { workspace }) => {
      const mistake = mistakeIn(request)
      if (mistake !== undefined) return failure('invalid-arguments', mistake)
      if (pathsAreAbsolute && !request.dirPath.startsWith('/')) {
        return failure('invalid-arguments', 'dir_path must be an absolute path')
      }
      const folder = await resolveToOpen(workspace, request.dirPath)
      if (!folder.ok) return folder
      const dirPath = request.dirPath.startsWith('/') ? request.dirPath : workspace.toGuest(folder.value)
      try {
        return page(await listEntries(folder.value, request.depth), dirPath, request)
      } catch (error) {
        const code = errorCode(error) === 'ENOENT' ? 'not-found' : 'failed'
        return failure(code, `failed to read directory: ${osErrorText(error)}`)
      }
    },
    render: renderListing,
  }
}

function mistakeIn({ offset, limit, depth }: Input): string | undefined {
  if (offset === 0) return 'offset must be a 1-indexed entry number'
  if (limit === 0) return 'limit must be greater than zero'
  return depth === 0 ? 'depth must be greater than zero' : undefined
}

/** Cuts the page out of the breadth-first order, then sorts it so that children follow their parents. */
function page(all: readonly DirectoryEntry[], dirPath: string, { offset, limit }: Input): Result<Output, ToolFailure> {
  if (all.length === 0) return { ok: true, value: { dirPath, entries: [], more: false } }
  if (offset > all.length) return failure('invalid-arguments', 'offset exceeds directory entry count')
  const end = offset - 1 + limit
  const base = dirPath.replace(/\/+$/, '')
  const entries = all
    .slice(offset - 1, end)
    .sort((left, right) => Buffer.compare(left.sortKey, right.sortKey))
    .map(({ relativePath, kind, depth }) => ({ path: `${base}/${relativePath}`, kind, depth }))
  return { ok: true, value: { dirPath, entries, more: end < all.length } }
}

function renderListing({ dirPath, entries, more }: Output): string {
  const lines = entries.map(({ path, kind, depth }) => {
    const name = cutToBytes(path.slice(path.lastIndexOf('/') + 1), NAME_BYTES_MAX)
    return `${'  '.repeat(depth - 1)}${name}${SUFFIX[kind]}`
  })
  const rest = more ? [`More than ${entries.length} entries found`] : []
  return [`Absolute path: ${dirPath}`, ...lines, ...rest].join('\n')
}

function failure(code: ToolFailure['code'], message: string): { ok: false; error: ToolFailure } {
  return { ok: false, error: { code, message } }
}
