import type { JsonValue } from '../../contracts/json.ts'

/** A JSDoc comment with its line end, or nothing. */
export function documentation(text: string, indent: string): string {
  const lines = text.trim().replaceAll('*/', '*\\/').split('\n')
  if (lines[0] === '') return ''
  if (lines.length === 1) return `${indent}/** ${lines[0]} */\n`
  return `${indent}/**\n${lines.map(line => `${indent} * ${line}`.trimEnd()).join('\n')}\n${indent} */\n`
}

/** A property's name as it is written in a type. */
export function keyOf(name: string): string {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) ? name : JSON.stringify(name)
}

/** The type of one value. */
export function literalType(value: JsonValue | undefined): string {
  return typeof value === 'object' && value !== null ? 'unknown' : (JSON.stringify(value) ?? 'unknown')
}
