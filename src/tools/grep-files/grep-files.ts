import { constants, lstatSync } from 'node:fs'
import { setImmediate } from 'node:timers/promises'
import { z } from 'zod'
import type { Result } from '../../contracts/result.ts'
import type { Tool, ToolContext, ToolErrorCode, ToolFailure } from '../../contracts/tool.ts'
import type { WorkspaceView } from '../../contracts/workspace.ts'
import { findRipgrep } from '../find-ripgrep.ts'
import { workspaceFiles } from '../host-files.ts'
import { errorCode, osErrorText } from '../os-error-text.ts'
import { wholeNumber } from '../whole-number.ts'
import { type FolderRules, readFolderRules } from './path-filter.ts'
import { runRipgrep } from './run-ripgrep.ts'

const LIMIT_DEFAULT = 100
const LIMIT_MAX = 2_000
const TIMEOUT_MS = 30_000
const PATTERN_BYTES_MAX = 64 * 1024

const input = z.object({
  pattern: z
    .string()
    .describe(
      'Regular expression (Rust syntax: no look-around, no backreferences), case-sensitive; (?i) for any case.',
    ),
  include: z.string().optional().describe('Glob of the files to search, e.g. "*.{ts,tsx}".'),
  path: z
    .string()
    .optional()
    .describe('File or folder: relative to the workspace root, or absolute in it. Default: the root.'),
  limit: wholeNumber()
    .optional()
    .describe(`How many paths at most. Default: ${LIMIT_DEFAULT}; never more than ${LIMIT_MAX}.`),
})

const output = z.object({
  paths: z.array(z.string()).describe('Absolute paths of the files that match, the most recently modified first.'),
})

type Input = z.infer<typeof input>
type Output = z.infer<typeof output>

export interface GrepFilesOptions {
  /** The ripgrep to run; absent: the bundled one, else the one on PATH. */
  findProgram?(): Promise<string | undefined>
  timeoutMs?: number
}

/** The `grepFiles` tool: which files contain a pattern. */
export function createGrepFilesTool({
  findProgram = findRipgrep,
  timeoutMs = TIMEOUT_MS,
}: GrepFilesOptions = {}): Tool<Input, Output> {
  return {
    name: 'grepFiles',
    description:
      'Finds the files with a line that matches a pattern, the most recently modified first; gives paths, not lines. ' +
      'Hidden, binary and ignored files (.ignore; .gitignore inside a git repository) are skipped unless `path` names them or `include` matches them; symlinks are not followed.',
    effect: 'read',
    input,
    output,
    concurrencyMax: 4,
    run: (request, context) => grep(request, context, { findProgram, timeoutMs }),
    render: ({ paths }) => (paths.length === 0 ? 'No matches found.' : paths.join('\n')),
  }
}

async function grep(
  request: Input,
  { workspace, signal }: ToolContext,
  { findProgram, timeoutMs }: Required<GrepFilesOptions>,
): Promise<Result<Output, ToolFailure>> {
  const pattern = request.pattern.trim()
  const include = request.include?.trim() || undefined
  const { path = '', limit = LIMIT_DEFAULT } = request
  const mistake = mistakeIn(pattern, include)
  if (mistake !== undefined) return failure('invalid-arguments', mistake)
  if (limit < 1) return failure('invalid-arguments', 'limit must be greater than zero')
  const program = await findProgram()
  if (program === undefined) {
    return failure('unavailable', 'failed to launch rg: it is not installed. Ensure ripgrep is installed and on PATH.')
  }
  const resolved = await workspace.resolve(path)
  if (!resolved.ok) return resolved
  const prefix = spelledAbsolute(path, workspace)
  const opened = await openToSearch(resolved.value, prefix, workspace)
  if (!opened.ok) return opened
  await using start = opened.value
  const { isFolder, fd } = start
  const rules = isFolder ? await readFolderRules(workspace.hostRoot, resolved.value, include) : undefined
  const search = { program, pattern, include, fd, hostPath: resolved.value, isFolder, rules }
  const found = await runRipgrep(search, { timeoutMs, signal })
  if (!found.ok) return found
  if (!isFolder) return { ok: true, value: { paths: found.value.length > 0 ? [prefix] : [] } }
  const sorted = await newestFirst(resolved.value, await keptBy(rules, found.value))
  const separator = prefix.endsWith('/') ? '' : '/'
  return {
    ok: true,
    value: { paths: sorted.slice(0, Math.min(limit, LIMIT_MAX)).map(name => prefix + separator + name) },
  }
}

async function keptBy(rules: FolderRules | undefined, paths: readonly string[]): Promise<readonly string[]> {
  if (rules === undefined) return paths
  const kept: string[] = []
  for (const path of paths) if (await rules.keeps(path)) kept.push(path)
  return kept
}

function mistakeIn(pattern: string, include = ''): string | undefined {
  if (pattern === '') return 'pattern must not be empty'
  if ((pattern + include).includes('\0')) return 'a NUL character cannot be searched for'
  if (Buffer.byteLength(pattern + include) <= PATTERN_BYTES_MAX) return undefined
  return `pattern and include together must not be longer than ${PATTERN_BYTES_MAX} bytes`
}

/** As upstream spells what it searches: the working directory and the path as given, not normalised. */
function spelledAbsolute(path: string, { guestRoot }: WorkspaceView): string {
  if (path === '') return guestRoot
  return path.startsWith('/') ? path : `${guestRoot}/${path}`
}

interface SearchStart extends AsyncDisposable {
  fd: number
  isFolder: boolean
}

async function openToSearch(
  hostPath: string,
  shown: string,
  workspace: WorkspaceView,
): Promise<Result<SearchStart, ToolFailure>> {
  try {
    const handle = await workspaceFiles(workspace).open(hostPath, constants.O_RDONLY)
    const stats = await handle.stat()
    if (stats.isDirectory() || stats.isFile()) {
      const close = () => handle.close()
      return { ok: true, value: { fd: handle.fd, isFolder: stats.isDirectory(), [Symbol.asyncDispose]: close } }
    }
    await handle.close()
    return failure('failed', `unable to access \`${shown}\`: neither a file nor a folder`)
  } catch (error) {
    const code = errorCode(error) === 'ENOENT' ? 'not-found' : 'failed'
    return failure(code, `unable to access \`${shown}\`: ${osErrorText(error)}`)
  }
}

const STATS_PER_TURN = 500

/** Files of one time are in the order of their names. */
async function newestFirst(folder: string, names: readonly string[]): Promise<string[]> {
  const dated: { name: string; modifiedMs: number }[] = []
  for (const name of names) {
    if (dated.length % STATS_PER_TURN === STATS_PER_TURN - 1) await setImmediate()
    dated.push({ name, modifiedMs: modifiedMs(`${folder}/${name}`) })
  }
  const byName = (left: string, right: string) => (left < right ? -1 : 1)
  dated.sort((left, right) => right.modifiedMs - left.modifiedMs || byName(left.name, right.name))
  return dated.map(({ name }) => name)
}

/** Synchronous, since a call costs a tenth of a turn of the event loop and thousands of files can match. */
function modifiedMs(path: string): number {
  try {
    return lstatSync(path).mtimeMs
  } catch {
    return 0
  }
}

function failure(code: ToolErrorCode, message: string): { ok: false; error: ToolFailure } {
  return { ok: false, error: { code, message } }
}
