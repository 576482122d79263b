export type Alignment = 'start' | 'end'

interface Layout {
  /** One for each column; without it the first column is left-aligned and the others right-aligned. */
  align?: readonly Alignment[]
  /** Puts a line of dashes below the first row. */
  hasRule?: boolean
}

const MARKS = /\p{Mn}|\p{Me}|[\u200b-\u200d]/gu
const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303f\uff01-\uff60\uffe0-\uffe6]/gu

/** Rows of cells as lines of text, each column as wide as its widest cell. */
export function aligned(rows: readonly (readonly (string | number)[])[], { align, hasRule }: Layout = {}): string {
  const texts = rows.map(row => row.map(String))
  const widths = (texts[0] ?? []).map((_, column) => Math.max(...texts.map(row => displayWidth(row[column] ?? ''))))
  const sideOf = (column: number) => align?.[column] ?? (column === 0 ? 'start' : 'end')
  const lines = texts.map(row =>
    widths
      .map((width, column) => pad(row[column] ?? '', width, sideOf(column)))
      .join('  ')
      .trimEnd(),
  )
  if (hasRule) lines.splice(1, 0, widths.map(width => '-'.repeat(width)).join('  '))
  return lines.join('\n')
}

/** How many columns of a terminal a text takes: combining marks take none, East Asian letters and emoji take two. */
export function displayWidth(text: string): number {
  const visible = text.replace(MARKS, '')
  return Array.from(visible).length + (visible.match(WIDE)?.length ?? 0)
}

function pad(text: string, width: number, side: Alignment): string {
  const space = ' '.repeat(width - displayWidth(text))
  return side === 'end' ? space + text : text + space
}
