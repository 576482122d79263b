import { cellsOf, FINDINGS_HEAD, shareText } from './describe-rows.ts'
import type { AimResult, RowResult } from './row-result.ts'

const STATES: Readonly<Record<AimResult['state'], string>> = { met: 'met', missed: '**missed**', unknown: 'unknown' }

/** All aims of some rows, as a Markdown table. */
export function aimsTable(rows: readonly RowResult[]): string {
  const lines = rows.flatMap(({ title, aims }) =>
    aims.map(({ text, measured, state }) => [title, text, measured, STATES[state]]),
  )
  return lines.length === 0 ? 'These rows have no aims.' : markdownTable(['row', 'aim', 'measured', ''], lines)
}

/** The paragraphs about one row. */
export function rowSection({ id, title, unit, method, findings, aims, share }: RowResult): string[] {
  const aimsText = aims.map(({ text, measured, state }) => `${text}: ${measured}, ${STATES[state]}`).join('; ')
  return [
    `### ${title}`,
    `\`${id}\`, ${unit}. ${method}`,
    markdownTable(
      FINDINGS_HEAD,
      findings.map(finding => [finding.name, ...cellsOf(finding)]),
    ),
    ...(aims.length > 0 ? [`Aims: ${aimsText}.`] : []),
    ...(share === undefined ? [] : [`${shareText(share)}.`]),
  ]
}

export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${head.map((_, column) => (cells[column] ?? '').replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n')
}
