const LINE_LENGTH_MAX = 160

/** Three lines of source around a position, with a caret under the column. Line and column count from 1. */
export function sourceFrame(source: string, line: number, column?: number): string {
  const lines = source.split('\n')
  const width = String(Math.min(line + 1, lines.length)).length
  const rows: string[] = []
  for (let number = Math.max(1, line - 1); number <= Math.min(line + 1, lines.length); number++) {
    const text = (lines[number - 1] as string).replace(/\r$/, '')
    const start = number === line && column !== undefined && column > LINE_LENGTH_MAX - 20 ? column - 80 : 0
    const shown = text.slice(start, start + LINE_LENGTH_MAX)
    rows.push(`${number === line ? '>' : ' '} ${String(number).padStart(width)} | ${shown}`)
    if (number === line && column !== undefined) {
      const before = shown.slice(0, column - 1 - start)
      rows.push(`  ${' '.repeat(width)} | ${before.replace(/[^\t]/g, ' ')}^`)
    }
  }
  return rows.join('\n')
}
