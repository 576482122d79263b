import { existsSync, realpathSync } from 'node:fs'
import { basename, dirname, join, posix } from 'node:path'
import type { CaseFolder } from '../case-folder.ts'
import type { PatchCase } from '../kinds/patch-case.ts'

/** The tags that entries of the deviations speak of, found in a patch before it is applied. */
export function quirkTags(invoke: PatchCase['invoke'], folder: CaseFolder): string[] {
  const patch = invoke.mode === 'arg' ? invoke.patch : (invoke.args[0] ?? invoke.stdin)
  if (typeof patch !== 'string') return []
  const moves = [...folder.filled(patch).matchAll(/^\s*\*\*\* Update File: (.*)\r?\n\s*\*\*\* Move to: (.*)$/gm)]
  const isOntoItself = ([, from = '', to = '']: RegExpMatchArray) => isSameFile(from.trim(), to.trim(), folder.cwd)
  return moves.some(isOntoItself) ? ['quirk:move_onto_itself'] : []
}

/** Whether what is written to one path ends up in the entry that is removed at the other. */
function isSameFile(from: string, to: string, cwd: string): boolean {
  const entry = entryOf(posix.resolve(cwd, from))
  const target = posix.resolve(cwd, to)
  return entry === entryOf(target) || (existsSync(target) && entry === realpathSync(target))
}

function entryOf(path: string): string {
  const parent = dirname(path)
  return existsSync(parent) ? join(realpathSync(parent), basename(path)) : path
}
