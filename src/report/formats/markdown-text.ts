import { plainLine } from '../../base/plain-text.ts'
import type { Table } from '../../base/table.ts'

export function listOf(lines: readonly string[]): string {
  return lines.map(line => `- ${line}`).join('\n')
}

/** A table; columns without any text, which only a picture could fill, are left out. */
export function gridOf({ columns, rows }: Table): string {
  const kept = columns.flatMap((_, index) => (rows.some(row => row[index]?.text !== '') ? [index] : []))
  const line = (texts: readonly string[]) => `| ${texts.join(' | ')} |`
  return [
    line(kept.map(index => escaped(columns[index]?.title ?? ''))),
    line(kept.map(index => (columns[index]?.align === 'end' ? '---:' : '---'))),
    ...rows.map(row => line(kept.map(index => escaped(row[index]?.text ?? '')))),
  ].join('\n')
}

/** A spec as code, where nothing in it can be markup; anything else as text. */
export function specText(text: string): string {
  return /^[\w./:@+,=-]{1,200}$/.test(text) ? `\`${text}\`` : escaped(text)
}

/** Text of any origin as text: no table cell, markup, link or mention can come out of it. */
export function escaped(text: string): string {
  return plainLine(text, 2000)
    .replace(/[\\`*_[\]|~#]/g, '\\$&')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/@/g, '&#64;')
    .replace(/:\/\//g, '&#58;//')
}
