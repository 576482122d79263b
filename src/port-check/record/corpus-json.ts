import { isDeepStrictEqual } from 'node:util'
import type { JsonValue } from '../../contracts/json.ts'

/** A value the way corpora are written: a blank after every comma and colon, and no line breaks. */
export function corpusJson(value: JsonValue): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(corpusJson).join(', ')}]`
  const members = Object.entries(value).map(([key, inner]) => `${JSON.stringify(key)}: ${corpusJson(inner)}`)
  return `{${members.join(', ')}}`
}

/**
 * A line of a corpus with other values for some members; undefined takes a member away. What is equal keeps its bytes;
 * what is new comes before those of the changes that follow it, or last.
 */
export function withMembers(line: string, changes: Readonly<Record<string, JsonValue | undefined>>): string {
  const members = rawMembers(line)
  const isAsIs = (name: string, value: JsonValue | undefined) => {
    const before = members.get(name)
    return before === undefined || value === undefined
      ? before === value
      : isSameJson(JSON.parse(before) as JsonValue, value)
  }
  const changed = Object.entries(changes).filter(([name, value]) => !isAsIs(name, value))
  if (changed.length === 0) return line
  const names = [...members.keys()]
  const order = Object.keys(changes)
  for (const [name, value] of changed) {
    if (value === undefined) members.delete(name)
    else members.set(name, corpusJson(value))
    if (names.includes(name)) continue
    const followers = order.slice(order.indexOf(name) + 1)
    const place = names.findIndex(other => followers.includes(other))
    names.splice(place < 0 ? names.length : place, 0, name)
  }
  const shown = names.flatMap(name => (members.has(name) ? [`${JSON.stringify(name)}: ${members.get(name)}`] : []))
  return `{${shown.join(', ')}}`
}

/** Equal whatever the order of keys; objects without a prototype count like others. */
export function isSameJson(left: JsonValue, right: JsonValue): boolean {
  const plain = (value: JsonValue) => JSON.parse(JSON.stringify(value)) as JsonValue
  return isDeepStrictEqual(plain(left), plain(right))
}

/** The members of an object as they are written: reading and writing would lose the order of keys such as `10`. */
export function rawMembers(text: string): Map<string, string> {
  const members = new Map<string, string>()
  let depth = 0
  let key: string | undefined
  let start = 0
  const close = (end: number) => {
    if (key !== undefined) members.set(key, text.slice(start, end).trim())
    key = undefined
  }
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]:,]/g)) {
    if (token === '{' || token === '[') depth++
    else if (token === '}' || token === ']') {
      if (depth === 1) close(index)
      depth--
    } else if (depth === 1 && token === ',') close(index)
    else if (depth === 1 && token === ':') start = index + 1
    else if (depth === 1 && key === undefined && token.startsWith('"')) key = JSON.parse(token) as string
  }
  return members
}
