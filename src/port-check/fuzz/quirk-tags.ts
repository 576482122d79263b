import { existsSync, realpathSync } from 'node:fs'
import { basename, dirname, join, posix } from 'node:path'
import type { CaseFolder } from '../check/case-folder.ts'
import type { PatchCase } from '../kinds/patch-case.ts'

/** The tags that entries of the deviations use, found in a patch before it is applied. */
export function quirkTags(invoke: PatchCase['invoke'], folder: CaseFolder): string[] {
  const patch = invoke.mode === 'arg' ? invoke.patch : (invoke.args[0] ?? invoke.stdin)
  if (typeof patch !== 'string') return []
  const text = folder.filled(patch)
  const lost = [...text.matchAll(MOVE)].filter(([, from = '', to = '']) => isSameFile(from, to, folder.cwd))
  const isNamedAgain = ([move, from = '']: RegExpMatchArray, at: number) =>
    [...text.slice(at + move.length).matchAll(NAMED)].some(([, path = '']) => isSameFile(from, path, folder.cwd))
  return [
    ...(lost.length > 0 ? ['quirk:move_onto_itself'] : []),
    ...(lost.some(move => isNamedAgain(move, move.index)) ? ['quirk:after_move_onto_itself'] : []),
  ]
}

/** Blanks as generously as any release takes them. */
const BLANKS = '[\\s\\u0085]*'
const MOVE = new RegExp(
  `^${BLANKS}\\*\\*\\* Update File: (.*?)${BLANKS}\\n${BLANKS}\\*\\*\\* Move to: (.*?)${BLANKS}$`,
  'gm',
)
const NAMED = new RegExp(`\\*\\*\\* (?:Add File|Delete File|Update File|Move to): (.*?)${BLANKS}$`, 'gm')

/** Whether what is written to one path ends up in the entry that is removed at the other. */
function isSameFile(from: string, to: string, cwd: string): boolean {
  const entry = entryOf(pathOf(from, cwd))
  const target = pathOf(to, cwd)
  return entry === entryOf(target) || (existsSync(target) && entry === realpathSync(target))
}

/** Newer releases drop tabs from a path. */
function pathOf(spelled: string, cwd: string): string {
  return posix.resolve(cwd, spelled.trim().replaceAll('\t', ''))
}

function entryOf(path: string): string {
  const parent = dirname(path)
  return existsSync(parent) ? join(realpathSync(parent), basename(path)) : path
}
