import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { CALIBRATION_REPETITIONS, COVERAGE_BAND, calibrate, TYPE_I_BAND } from '../../../bench/statistics/calibrate.ts'
import { calibrationMarkdown } from '../../../bench/statistics/calibration-page.ts'

describe('calibration', () => {
  const grid = { tasks: [10, 30], trials: [1, 3], effectNoises: [1] }
  const { cells } = calibrate({ repetitions: 300, grid })

  test('the default method roughly keeps its word in a few cells', () => {
    expect(cells.length).toBe(8)
    // The bands, and four standard errors of 300 samples.
    for (const { typeI, coverage } of cells) {
      expect(typeI).toBeLessThan(TYPE_I_BAND[1] + 0.05)
      expect(coverage).toBeGreaterThan(COVERAGE_BAND[0] - 0.05)
    }
    expect(cells.reduce((total, cell) => total + cell.typeI, 0) / cells.length).toBeGreaterThan(0.02)
  })

  test('ten tasks get five times the repetitions', () => {
    expect(new Set(cells.map(cell => `${cell.tasks}: ${cell.repetitions}`))).toEqual(new Set(['10: 1500', '30: 300']))
  })
})

describe('docs/statistics.md', () => {
  const page = readFileSync(join(import.meta.dirname, '..', '..', '..', 'docs', 'statistics.md'), 'utf8')
  const row = (tasks: number, trials: number) =>
    page.match(new RegExp(`^\\| ${tasks} \\| ${trials} \\| (.*) \\|$`, 'm'))?.[1]

  test('has every cell of the table, inside the bands', () => {
    for (const tasks of [10, 20, 30, 60, 120]) {
      for (const trials of [1, 3, 5]) {
        const cells = row(tasks, trials)?.split(' | ') ?? []
        expect(cells.length).toBe(4)
        for (const cell of cells) {
          const [typeI = Number.NaN, coverage = Number.NaN] = cell.split(' / ').map(Number)
          expect(typeI).toBeGreaterThanOrEqual(TYPE_I_BAND[0])
          expect(typeI).toBeLessThanOrEqual(TYPE_I_BAND[1])
          expect(coverage).toBeGreaterThanOrEqual(COVERAGE_BAND[0])
          expect(coverage).toBeLessThanOrEqual(COVERAGE_BAND[1])
        }
      }
    }
  })

  test('a row of it without effect noise, calculated again', () => {
    const report = calibrate({
      repetitions: CALIBRATION_REPETITIONS,
      grid: { tasks: [20], trials: [1], effectNoises: [0] },
    })
    const [solved, , turns] = row(20, 1)?.split(' | ') ?? []
    expect(calibrationMarkdown(report)).toContain(`| 20 | 1 | ${solved} | ${turns} |`)
  })
})
