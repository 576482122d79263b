import { type StdioOptions, spawn } from 'node:child_process'
import type { Result } from '../../contracts/result.ts'
import type { ToolErrorCode, ToolFailure } from '../../contracts/tool.ts'
import type { FolderRules } from './path-filter.ts'

export interface RipgrepSearch {
  program: string
  pattern: string
  include: string | undefined
  /** The open file or folder to search: what is searched is what was checked, whatever its name leads to by now. */
  fd: number
  hostPath: string
  isFolder: boolean
  /** What else is known of the folder; absent where ripgrep alone decides. */
  rules: Pick<FolderRules, 'isInRepository' | 'isFilterWhole'> | undefined
}

const OUTPUT_BYTES_MAX = 64 * 1024 * 1024
const INHERITED_FD = 3

/** Relative paths of the files that match, in no order; for a single file one path or none. Never rejects. */
export function runRipgrep(
  search: RipgrepSearch,
  { timeoutMs, signal }: { timeoutMs: number; signal: AbortSignal },
): Promise<Result<string[], ToolFailure>> {
  const { promise, resolve } = Promise.withResolvers<Result<string[], ToolFailure>>()
  const stdio: StdioOptions = ['ignore', 'pipe', 'pipe', ...(search.isFolder ? [] : [search.fd])]
  const child = spawn(search.program, argumentsFor(search), { cwd: cwdFor(search), env: {}, stdio })
  const chunks: Buffer[] = []
  let bytes = 0
  let stderr = ''
  let stopped: ToolFailure | undefined
  const stop = (error: ToolFailure) => {
    stopped ??= error
    child.kill('SIGKILL')
  }
  const cancel = () => stop({ code: 'cancelled', message: 'grepFiles was cancelled' })
  const seconds = Math.round(timeoutMs / 1000)
  const timer = setTimeout(
    () => stop({ code: 'timed-out', message: `rg timed out after ${seconds} seconds` }),
    timeoutMs,
  )
  signal.addEventListener('abort', cancel, { once: true })
  if (signal.aborted) cancel()
  child.stdout?.on('data', (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes > OUTPUT_BYTES_MAX)
      stop({ code: 'failed', message: 'rg failed: too many files match; narrow the pattern' })
    else chunks.push(chunk)
  })
  child.stderr?.on('data', (chunk: Buffer) => {
    if (stderr.length < 64 * 1024) stderr += chunk.toString()
  })
  child.on('error', error => {
    stopped ??= {
      code: 'unavailable',
      message: `failed to launch rg: ${error.message}. Ensure ripgrep is installed and on PATH.`,
    }
  })
  child.on('close', exitCode => {
    clearTimeout(timer)
    signal.removeEventListener('abort', cancel)
    resolve(outcome({ exitCode, stopped, stderr, stdout: Buffer.concat(chunks) }))
  })
  return promise
}

/** The user's configuration, ignore files above the workspace and symlinks are left out of it. */
function argumentsFor({ pattern, include, isFolder, rules, hostPath }: RipgrepSearch): string[] {
  const file = process.platform === 'linux' ? `/proc/self/fd/${INHERITED_FD}` : hostPath
  return [
    ...['--no-config', '--files-with-matches', '--null', '--no-messages', '--color=never', '--no-follow'],
    ...['--no-ignore-parent', '--no-ignore-global', ...(rules?.isInRepository ? ['--no-require-git'] : [])],
    `--regexp=${pattern}`,
    ...globFor(include),
    // The last glob decides, so that ripgrep leaves all to the filter; the first is there to be refused if it is none.
    ...(rules?.isFilterWhole ? ['--no-ignore', '--hidden', '--glob=**'] : []),
    ...['--', isFolder ? './' : file],
  ]
}

function globFor(include: string | undefined): string[] {
  return include === undefined ? [] : [`--glob=${include}`]
}

function cwdFor({ isFolder, fd, hostPath }: RipgrepSearch): string {
  if (!isFolder) return '/'
  return process.platform === 'linux' ? `/proc/${process.pid}/fd/${fd}` : hostPath
}

interface RipgrepEnd {
  exitCode: number | null
  stopped: ToolFailure | undefined
  stdout: Buffer
  stderr: string
}

/** Exit 1 means no match; 2 with matches and no message is a file that could not be read. */
function outcome({ exitCode, stopped, stdout, stderr }: RipgrepEnd): Result<string[], ToolFailure> {
  if (stopped !== undefined) return { ok: false, error: stopped }
  if (exitCode === 0 || exitCode === 1 || (exitCode === 2 && stderr === '')) return { ok: true, value: pathsIn(stdout) }
  return failure('failed', `rg failed: ${stderr || `it ended with ${exitCode ?? 'a signal'}`}`)
}

/** Names that are not UTF-8 have no path that could be passed on. */
function pathsIn(stdout: Buffer): string[] {
  const names = stdout.toString('utf8').split('\0')
  return names.filter(name => name !== '' && !name.includes('\ufffd')).map(name => name.replace(/^\.\//, ''))
}

function failure(code: ToolErrorCode, message: string): { ok: false; error: ToolFailure } {
  return { ok: false, error: { code, message } }
}
