import { aligned } from '../../base/text-table.ts'
import { adviceWords, rowName } from './advice.ts'
import { SIDES, type Side } from './case-pairs.ts'
import { formatMs } from './choose-tool.ts'
import type { PortComparison, ToolComparison } from './compare-ports.ts'
import { type Feature, hasFeature } from './features.ts'
import { isOneSource } from './tool-result.ts'

/** What `ports compare` prints without --json. */
export function describeComparison(comparison: PortComparison): string {
  const { ports, tools, advice } = comparison
  return [
    `A  ${ports.a}\nB  ${ports.b}`,
    aligned(comparisonTable(tools)),
    ...tools.map(one =>
      [`${rowName(one)}: ${adviceWords(one.advice)}`, ...detailsOf(one).map(line => `  ${line}`)].join('\n'),
    ),
    [`overall: ${adviceWords(advice)}`, ...advice.reasons.map(reason => `  ${reason}`)].join('\n'),
    SIZE_NOTE,
  ].join('\n\n')
}

/** The same as Markdown, with a heading of its own. */
export function comparisonMarkdown({ ports, tools, advice }: PortComparison): string {
  const [head = [], ...rows] = comparisonTable(tools)
  const line = (cells: readonly string[]) => `| ${cells.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [
    `# Ports compared\n\n- A: \`${ports.a}\`\n- B: \`${ports.b}\``,
    [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n'),
    ...tools.map(one =>
      [`## ${rowName(one)}: ${adviceWords(one.advice)}\n`, ...detailsOf(one).map(detail => `- ${detail}`)].join('\n'),
    ),
    [`## Overall: ${adviceWords(advice)}\n`, ...advice.reasons.map(reason => `- ${reason}`)].join('\n'),
    `${SIZE_NOTE}\n`,
  ].join('\n\n')
}

const SIZE_NOTE =
  'Lines are lines of code, without blank lines and comments, of all local files that a tool loads; those of the Rust original include blank lines, comments and tests.'

function comparisonTable(tools: readonly ToolComparison[]): string[][] {
  const both = (show: (side: Side) => string) => SIDES.map(show).join(' / ')
  return [
    ['', 'class', 'status A / B', 'cases', 'passed', 'identical', 'lines', 'original', 'time', 'keep'],
    ...tools.map(one => [
      rowName(one),
      one.class,
      both(side => one[side].status),
      String(one.cases),
      both(side => String(one[side].passed)),
      both(side => String(one[side].identical)),
      both(side => lines(one[side].source?.lines)),
      lines(one.original?.lines),
      one.speed === undefined ? '–' : `${formatMs(one.speed.aMs)} / ${formatMs(one.speed.bMs)}`,
      { a: 'A', b: 'B', either: 'either', neither: 'neither' }[one.advice.keep],
    ]),
  ]
}

function lines(count: number | undefined): string {
  return count === undefined ? '–' : String(count)
}

function detailsOf({ advice, features, original, disagreements, cases, speed, ...one }: ToolComparison): string[] {
  const only = (has: Side[]) => features.filter(feature => isOfExactly(feature, has))
  const listed = (title: string, some: readonly Feature[], withCounts: boolean) =>
    some.length === 0 ? [] : [`${title}: ${some.map(feature => nameOf(feature, withCounts)).join(', ')}`]
  return [
    ...advice.reasons,
    ...(one.class === 'different'
      ? [`A and B differ in ${disagreements} of ${cases} cases${isOneSource(one) ? ', with one source' : ''}`]
      : []),
    ...listed('features of both', only(['a', 'b']), false),
    ...listed('only A', only(['a']), true),
    ...listed('only B', only(['b']), true),
    ...listed('neither', only([]), true),
    ...(speed
      ? [
          `timed over ${speed.cases} cases, each ${speed.rounds === 1 ? 'once' : `${speed.rounds} times`}; A was faster in ${percent(speed.aFasterShare)}`,
        ]
      : []),
    ...(original ? [`original: ${original.files} (${original.release}), ${original.tests} tests`] : []),
  ]
}

function isOfExactly(feature: Feature, has: readonly Side[]): boolean {
  return SIDES.every(side => hasFeature(feature, side) === has.includes(side))
}

/** `moving files (A 4, B 2 of 5)`. */
function nameOf({ name, a, b, cases }: Feature, withCounts: boolean): string {
  return withCounts ? `${name} (A ${a}, B ${b} of ${cases})` : name
}

function percent(share: number): string {
  return `${(100 * share).toFixed(0)} %`
}
