import { z } from 'zod'
import type { Tool } from '../../contracts/tool.ts'
import type { WorkspaceView } from '../../contracts/workspace.ts'
import { wholeNumber } from '../whole-number.ts'
import type { RankedFile } from './rank-files.ts'
import { searchFiles } from './search-files.ts'
import type { SearchProfile } from './search-profile.ts'

const LIMIT_DEFAULT = 50
const PATTERN_LENGTH_MAX = 1000

const input = z.object({
  pattern: z
    .string()
    .max(PATTERN_LENGTH_MAX)
    .describe("Characters of the path in order, not a glob. Words must all match; ^start, end$, 'literal, !not."),
  limit: wholeNumber().describe('How many results at most.').default(LIMIT_DEFAULT),
})

const output = z.object({
  files: z.array(
    z.object({
      path: z.string().describe('Relative to the workspace root; empty for the root itself.'),
      kind: z.enum(['file', 'directory']),
      score: wholeNumber().describe('Higher is better; only comparable within one call.'),
      indices: z.array(wholeNumber()).describe('Positions of the matched characters in `path`.'),
    }),
  ),
  hint: z.string().describe('What to try instead, when nothing matched.').optional(),
})

type Input = z.infer<typeof input>
interface Output {
  files: RankedFile[]
  hint?: string | undefined
}

/** The `fileSearch` tool: files and folders by fuzzy name, best first. As 0.55: files only, without the syntax. */
export function createFileSearchTool({ profile = '0.169' }: { profile?: SearchProfile } = {}): Tool<Input, Output> {
  return {
    name: 'fileSearch',
    description:
      'Finds files and folders whose path contains the characters of the pattern in order, ignoring case; best match first. ' +
      'Hidden entries count; what .ignore, and in a git repository .gitignore, excludes does not.',
    effect: 'read',
    input,
    output,
    concurrencyMax: 4,
    run: async ({ pattern, limit }, { workspace, signal }) => {
      if (limit === 0)
        return { ok: false, error: { code: 'invalid-arguments', message: 'limit must be greater than zero' } }
      const files = await searchFiles({
        root: workspace.hostRoot,
        query: pattern,
        limit,
        profile,
        signal,
        follow: path => follow(workspace, path),
      })
      if (signal.aborted) return { ok: false, error: { code: 'cancelled', message: 'the file search was cancelled' } }
      const isGlob = files.length === 0 && /[*?[]/.test(pattern)
      return { ok: true, value: { files, ...(isGlob && { hint: globHint(pattern) }) } }
    },
    render: ({ files, hint }) => {
      if (files.length === 0) return hint ?? 'No matches found.'
      return files.map(({ path, kind }) => (kind === 'directory' ? `${path || '.'}/` : path)).join('\n')
    },
  }
}

async function follow(workspace: WorkspaceView, path: string): Promise<string | undefined> {
  const target = await workspace.resolve(path)
  return target.ok ? target.value : undefined
}

function globHint(pattern: string): string {
  return (
    `No path matches "${pattern}": fileSearch is fuzzy and reads *, ? and [ literally. For a glob, use exec with find, ` +
    'or grepFiles with include.'
  )
}
