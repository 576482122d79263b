import { trimEnd } from '../rust-trim.ts'
import { isAscii } from './character.ts'
import { createGlobAutomaton } from './glob-automaton.ts'
import { type GlobPart, parseGlob } from './ignore-glob.ts'
import type { SearchProfile } from './search-profile.ts'

/** The rules of one ignore file. */
export interface IgnoreMatcher {
  /** The verdict of the last rule that fits a path relative to the file's folder. */
  test(path: string, isDirectory: boolean): 'ignored' | 'kept' | undefined
}

interface Rule {
  parts: GlobPart[]
  isNegative: boolean
  onlyDirectories: boolean
}

/**
 * Reads an ignore file. Invalid lines are left out; a file without any rule gives nothing. To 0.55, a byte-order mark
 * is a character like any other.
 */
export function createIgnoreMatcher(text: string, profile: SearchProfile): IgnoreMatcher | undefined {
  const lines = (profile === '0.55' ? text : text.replace(/^\ufeff/, '')).split(/\r?\n/)
  const rules = lines.map(line => parseRule(line, profile)).filter(rule => rule !== undefined)
  if (rules.length === 0) return undefined
  const globs = createGlobAutomaton(rules.map(({ parts }) => parts))
  return {
    test(path, isDirectory) {
      const last = globs
        .matches(toByteText(path))
        .findLast(index => isDirectory || rules[index]?.onlyDirectories === false)
      if (last === undefined) return undefined
      return rules[last]?.isNegative ? 'kept' : 'ignored'
    },
  }
}

function parseRule(line: string, profile: SearchProfile): Rule | undefined {
  if (line.startsWith('#')) return undefined
  let glob = line.endsWith('\\ ') ? line : trimEnd(line)
  if (glob === '') return undefined
  const isNegative = glob.startsWith('!')
  if (isNegative || /^\\[!#]/.test(glob)) glob = glob.slice(1)
  const isAnchored = glob.startsWith('/')
  if (isAnchored) glob = glob.slice(1)
  const onlyDirectories = glob.endsWith('/')
  if (onlyDirectories) glob = glob.replace(/\\?\/$/, '')
  if (!isAnchored && !glob.includes('/') && glob !== '**') glob = `**/${glob}`
  if (glob.endsWith('/**')) glob += '/*'
  const parts = parseGlob(toByteText(glob), profile)
  return parts && { parts, isNegative, onlyDirectories }
}

/** One character for each byte: a `?` matches a byte of a name. */
function toByteText(text: string): string {
  return isAscii(text) ? text : Buffer.from(text).toString('latin1')
}
