import type { PortReply } from '../port/port-protocol.ts'
import type { Bytes, PatchCase } from './patch-case.ts'

/** How the standalone program ended. */
export interface ProgramEnd {
  exitCode: number
  stdout: string
  stderr: string
}

/**
 * The patch of a case that the tool can run where a port has no standalone program; absent where the two differ
 * upstream: a tool refuses several operations on one path and files that are not UTF-8, and has no environments.
 */
export function standInPatch(one: PatchCase, args: readonly Bytes[], stdin: Bytes): string | undefined {
  const patch = args.length === 0 ? stdin : args[0]
  if (args.length > 1 || typeof patch !== 'string' || patch === '') return undefined
  const isText = Object.values(one.input).every(entry => entry.f64 === undefined)
  return isText && !patch.includes('*** Environment ID:') && !hasPathTwice(patch) ? patch : undefined
}

function hasPathTwice(patch: string): boolean {
  const paths = [...patch.matchAll(/^\s*\*\*\* (?:Add|Delete|Update) File: (.*)$/gm)].map(([, path = '']) =>
    path.trim().replace(/^\.\/+/, ''),
  )
  return new Set(paths).size < paths.length
}

/** The tool's words → the program's. A tool reads a file before it deletes it. */
const REWORDED: readonly [RegExp, string][] = [
  [/^apply_patch verification failed: invalid patch: /, 'Invalid patch: '],
  [/^apply_patch verification failed: invalid hunk at line (\d+), /, 'Invalid patch hunk on line $1: '],
  [/^apply_patch verification failed: Failed to read (?!file to update)(.*): [^:]*$/s, 'Failed to delete file $1'],
  [/^apply_patch verification failed: /, ''],
  [/^patch rejected: empty patch$/, 'No files were modified.'],
]

/** A tool's answer in the words of the program. */
export function endByTool(reply: PortReply): ProgramEnd {
  if (reply.ok) return { exitCode: 0, stdout: reply.text ?? '', stderr: '' }
  const { message } = reply.error
  const [pattern, words] = REWORDED.find(([candidate]) => candidate.test(message)) ?? [/^/, '']
  return { exitCode: 1, stdout: '', stderr: `${message.replace(pattern, words)}\n` }
}
