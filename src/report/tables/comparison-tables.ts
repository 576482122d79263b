import { amountText, meanText, shareText, UNKNOWN } from '../../base/number-text.ts'
import { type Cell, cell, end, start, type Table } from '../../base/table.ts'
import type { ComparisonScope, ContrastResult, NoiseFloor } from '../comparison/comparison.ts'
import { verdictWord } from '../formats/contrasts-csv.ts'
import { compareMetric } from '../judging/compare-metrics.ts'
import { detectableText, estimateText, pText } from '../judging/figure-text.ts'

const CONTRAST_NOTES = [
  'Other − baseline, or other ÷ baseline (×), on the same tasks. Intervals are unadjusted 95 % intervals; the adjusted p decides, companions never do. “Detectable”: what had an 80 % chance to be found. “Noise”: how far two halves of the same arm lie apart by chance.',
]

/** The contrasts over all levels of the other factors, or those at one level and the interactions. */
export function contrastTable(scope: ComparisonScope, results: readonly ContrastResult[], title: string): Table {
  const hasFloor = results.some(result => floorText(scope, result) !== '')
  return {
    id: 'contrasts',
    title,
    notes: CONTRAST_NOTES,
    columns: [
      start('Contrast'),
      start('Metric'),
      end(scope.unit === 'model' ? 'Models' : 'Tasks'),
      end('Effect [95 %]'),
      end('p'),
      end('Adjusted p'),
      end('Companion p'),
      end('Detectable'),
      ...(hasFloor ? [end('Noise')] : []),
      start('Verdict'),
    ],
    rows: results.map(result => [
      cell(contrastLabel(result)),
      cell(compareMetric(result.metric)?.label ?? result.metric),
      cell(String(result.tasks)),
      cell(estimateText(result) ?? UNKNOWN),
      cell(result.p === undefined ? UNKNOWN : pText(result.p)),
      cell(result.adjustedP === undefined ? '' : pText(result.adjustedP)),
      cell(companionText(result)),
      cell(detectableText(result) ?? UNKNOWN),
      ...(hasFloor ? [cell(floorText(scope, result))] : []),
      verdictCell(result),
    ]),
    isGrouped: true,
  }
}

/** A contrast by its name, with its levels where the name does not say them. */
export function contrastLabel({ contrast, other, baseline, kind }: ContrastResult): string {
  const isNamed = ['composition', 'carrier', 'parallelism'].includes(kind)
  return isNamed ? `${contrast} (${other} − ${baseline})` : contrast
}

function companionText({ companion = [] }: ContrastResult): string {
  const marks = { 'sign-flip': 'flip', 'wild-bootstrap': 'wild', mcnemar: 'McN' }
  return companion.map(({ method, p }) => `${marks[method]} ${pText(p)}`).join(', ')
}

function floorText({ noiseFloor }: ComparisonScope, { metric, kind }: ContrastResult): string {
  const floor = noiseFloor.find(each => each.metric === metric)
  return floor?.halfWidth === undefined || kind === 'interaction' ? '' : halfWidthText(floor, floor.halfWidth)
}

function halfWidthText({ metric, scale }: NoiseFloor, halfWidth: number): string {
  if (scale === 'ratio') return `×÷${halfWidth.toFixed(2)}`
  return compareMetric(metric)?.unit === 'share' ? `±${(halfWidth * 100).toFixed(1)} pp` : `±${halfWidth.toFixed(3)}`
}

function verdictCell(result: ContrastResult): Cell {
  const { verdict, metric, scale } = result
  const word = verdictWord(result).replaceAll('-', ' ')
  const hint = verdict.sentence
  if (verdict.kind !== 'verdict' || (word !== 'better' && word !== 'worse')) return cell(word, { hint })
  const isCheaper = word === 'better' && scale === 'ratio' && compareMetric(metric)?.needsSolvedGate === true
  return cell(isCheaper ? 'better (less)' : word, { hint, tone: word === 'better' ? 'good' : 'bad' })
}

export function armsTable({ arms, reliability, unit }: ComparisonScope): Table {
  const attempts = Math.max(0, ...reliability.map(each => each.attempts))
  return {
    id: 'arms',
    title: 'Arms',
    notes: [],
    columns: [
      start('Arm'),
      end(unit === 'model' ? 'Models' : 'Tasks'),
      end('Scored'),
      end('Lost', 'to infrastructure; bounded both ways, never scored 0'),
      end('At a limit', 'their turns, tokens and times are at least what they are'),
      ...(attempts > 1
        ? [
            end(`pass@${attempts}`),
            end(`pass^${attempts}`),
            end('Always · sometimes · never', 'tasks by how often solved'),
          ]
        : []),
    ],
    rows: arms.map(({ name, tasks, scored, lost, limited }) => {
      const reliable = reliability.find(each => each.arm === name)
      const { passAtK, passHatK } = reliable ?? {}
      return [
        cell(name),
        cell(String(tasks)),
        cell(String(scored)),
        cell(String(lost)),
        cell(limited === 0 ? '0' : `${limited} (${shareText(limited / scored)})`),
        ...(attempts > 1
          ? [
              cell(shareText(passAtK)),
              cell(shareText(passHatK)),
              cell(reliable ? `${reliable.always} · ${reliable.sometimes} · ${reliable.never}` : UNKNOWN),
            ]
          : []),
      ]
    }),
  }
}

const USE_COLUMNS = [
  ['turns', 'Turns', meanText],
  ['repairTurns', 'Repair turns', meanText],
  ['toolCalls', 'Tool calls', meanText],
  ['parallelWidth', 'Parallel width', meanText],
  ['inputTokens', 'Input tokens', amountText],
  ['outputTokens', 'Output tokens', amountText],
  ['reasoningTokens', 'of it reasoning', amountText],
  ['toolDefinitionTokens', 'Tool definitions', amountText],
  ['reinjectedTokens', 'Reinjected', amountText],
  ['repairTokens', 'Repair tokens', amountText],
  ['bytesFromTools', 'Bytes from tools', amountText],
  ['bytesIntoContext', 'Bytes into context', amountText],
] as const

export function usesTable({ uses }: ComparisonScope): Table {
  const known = USE_COLUMNS.filter(([key]) => uses.some(use => use[key] !== undefined))
  return {
    id: 'uses',
    title: 'Where turns and tokens went',
    notes: [
      'Means per scored trial. Bytes kept out of the context are those from tools less those into it; tool definitions count once a request.',
    ],
    columns: [start('Arm'), ...known.map(([, title]) => end(title))],
    rows:
      known.length === 0 ? [] : uses.map(use => [cell(use.arm), ...known.map(([key, , text]) => cell(text(use[key])))]),
  }
}

const FLIPS_SHOWN_MAX = 12

export function flipsTable({ flips, unit }: ComparisonScope): Table {
  const rows = flips.flatMap(({ contrast, gained, lost }) => {
    const all = [...lost.map(flip => ({ ...flip, way: 'lost' })), ...gained.map(flip => ({ ...flip, way: 'gained' }))]
    const shown = all
      .slice(0, FLIPS_SHOWN_MAX)
      .map(({ task, baseline, other, way }) => [
        cell(contrast),
        cell(task),
        cell(baseline),
        cell(other),
        cell(way, { tone: way === 'lost' ? 'bad' : 'good' }),
      ])
    const rest = all.length - shown.length
    return rest > 0
      ? [...shown, [cell(contrast), cell(`… ${rest} more in compare.json`), cell(''), cell(''), cell('')]]
      : shown
  })
  return {
    id: 'flips',
    title: unit === 'model' ? 'Models that flipped' : 'Tasks that flipped',
    notes: [`Solved of tried; a ${unit} that flips may do so by chance. Lost ones come first.`],
    columns: [start('Contrast'), start(unit === 'model' ? 'Model' : 'Task'), end('Baseline'), end('Other'), start('')],
    rows,
    isGrouped: true,
  }
}

export function noiseTable(title: string, noiseFloor: readonly NoiseFloor[]): Table {
  return {
    id: 'noise',
    title,
    notes: [noiseNote(noiseFloor)],
    columns: [start('Metric'), end('Tasks'), end('Difference'), end('95 % half width'), start('Holds no effect')],
    rows: noiseFloor.map(floor => {
      const estimate = estimateText({
        metric: floor.metric,
        ...(floor.estimate !== undefined && { estimate: floor.estimate }),
      })
      return [
        cell(compareMetric(floor.metric)?.label ?? floor.metric),
        cell(String(floor.tasks)),
        cell(estimate ?? UNKNOWN),
        cell(floor.halfWidth === undefined ? UNKNOWN : halfWidthText(floor, floor.halfWidth)),
        cell(floor.covers === undefined ? UNKNOWN : floor.covers ? 'yes' : 'no'),
      ]
    }),
  }
}

function noiseNote(floors: readonly NoiseFloor[]): string {
  if (floors[0]?.source === 'arms') return 'Two arms that are labels of one and the same: any difference is noise.'
  return 'The trials of each arm in two halves, by the parity of their number with a seeded coin for each task: any difference is noise. One in twenty intervals misses “no effect” by chance.'
}
