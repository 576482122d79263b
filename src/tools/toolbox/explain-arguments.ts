import { distance } from 'fastest-levenshtein'
import type { z } from 'zod'
import { bareName, nearest, type Unlikeness } from '../../base/did-you-mean.ts'

type Issue = z.core.$ZodIssue

const ISSUES_MAX = 8

/** What is wrong with a call's arguments, as `path: expected …, received …`, one clause an issue. */
export function explainArguments(issues: readonly Issue[], args: unknown, known: readonly string[]): string {
  const told = issues.slice(0, ISSUES_MAX).map(issue => explain(issue, args, known))
  const more = issues.length - told.length
  return [...told, ...(more > 0 ? [`and ${more} more`] : [])].join('; ')
}

function explain(issue: Issue, args: unknown, known: readonly string[]): string {
  const path = issue.path.map(String).join('.') || 'arguments'
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map(key => unknownKey([...issue.path, key].map(String).join('.'), key, known)).join('; ')
  }
  if (issue.code === 'invalid_type')
    return `${path}: expected ${issue.expected}, received ${kindOf(valueAt(args, issue.path))}`
  return `${path}: ${issue.message}`
}

function unknownKey(path: string, key: string, known: readonly string[]): string {
  const near = nearestName(key, known)
  const hint = near === undefined ? `known: ${known.join(', ')}` : `did you mean ${near}?`
  return `${path}: expected nothing, received an unknown field (${hint})`
}

/** The known name a wrong one was most likely meant to be. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  return nearest(name, known, { unlikeness })[0]
}

/** Edits, counted with case; names that differ only in case and separators come first. */
const unlikeness: Unlikeness = (name, candidate) => {
  if (bareName(candidate) === bareName(name)) return 0
  const edits = distance(name, candidate)
  return edits <= Math.max(2, Math.floor(name.length / 3)) ? edits : undefined
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((inner, key) => (inner as Record<PropertyKey, unknown> | undefined | null)?.[key], value)
}

function kindOf(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (value === null) return 'null'
  return Array.isArray(value) ? 'array' : typeof value
}
