import { type CalibrationCell, type CalibrationReport, COVERAGE_BAND, TYPE_I_BAND } from './calibrate.ts'

/** The report as Markdown: each figure pair is "type I error / coverage", in bold if outside the bands. */
export function calibrationMarkdown({ repetitions, cells, byClusters }: CalibrationReport): string {
  const outside = cells.filter(cell => !cell.isInBand).length
  return [
    `Type I error / coverage; ${repetitions} samples per cell, five times as many at ten tasks.`,
    pivot(cells, {
      rows: sizeOf,
      columns: cell => `${cell.metric}, effect noise ${cell.effectNoise}`,
      text: figures,
    }),
    `${cells.length - outside} of ${cells.length} cells are in [${TYPE_I_BAND.join(', ')}] and [${COVERAGE_BAND.join(', ')}].`,
    ...(byClusters.length === 0 ? [] : [byClustersMarkdown(byClusters)]),
  ].join('\n\n')
}

function byClustersMarkdown(cells: readonly CalibrationCell[]): string {
  return [
    'With a fixed number of clusters, effect noise 1 (in brackets: samples without an interval, if more than 1 %):',
    pivot(cells, {
      rows: cell => `${cell.metric} | ${sizeOf(cell)}`,
      columns: cell => `${cell.clusters} clusters`,
      text: cell => figures(cell) + (cell.silentShare > 0.01 ? ` (${Math.round(100 * cell.silentShare)} %)` : ''),
      firstHeads: 'metric | ',
    }),
  ].join('\n\n')
}

const sizeOf = ({ tasks, trials }: CalibrationCell) => `${tasks} | ${trials}`

function figures({ typeI, coverage, isInBand }: CalibrationCell): string {
  const text = `${typeI.toFixed(3)} / ${coverage.toFixed(3)}`
  return isInBand ? text : `**${text}**`
}

interface Pivot {
  rows: (cell: CalibrationCell) => string
  columns: (cell: CalibrationCell) => string
  text: (cell: CalibrationCell) => string
  /** Heads of the columns before tasks and trials. */
  firstHeads?: string
}

function pivot(cells: readonly CalibrationCell[], { rows, columns, text, firstHeads = '' }: Pivot): string {
  const heads = [...new Set(cells.map(columns))]
  const lines = [...new Set(cells.map(rows))].map(row => {
    const inRow = heads.map(head => cells.find(cell => rows(cell) === row && columns(cell) === head))
    return `| ${row} | ${inRow.map(cell => (cell === undefined ? '' : text(cell))).join(' | ')} |`
  })
  const head = `| ${firstHeads}tasks | trials | ${heads.join(' | ')} |`
  return [head, head.replace(/[^|]+/g, '---'), ...lines].join('\n')
}
