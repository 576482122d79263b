import { expect, test } from 'vitest'
import { z } from 'zod'
import { describeEngine } from '../../../bench/engine/describe-engine.ts'
import type { EngineReport } from '../../../bench/engine/engine-report.ts'
import { engineMarkdown } from '../../../bench/engine/markdown-engine.ts'
import { measureEngine } from '../../../bench/engine/measure-engine.ts'

const text = z.string().min(1)
const finding = z.discriminatedUnion('kind', [
  z.strictObject({
    ...{ kind: z.literal('measured'), name: text, samples: z.int().positive() },
    ...{ p25: z.number(), median: z.number(), p75: z.number(), ratio: z.number().positive().optional() },
  }),
  z.strictObject({ kind: z.enum(['failed', 'absent']), name: text, reason: text }),
])
const row = z.strictObject({
  ...{ id: text, title: text, unit: z.enum(['ms', 'µs', 'KB', 'MB']), method: text, findings: z.array(finding).min(1) },
  aims: z.array(z.strictObject({ text, state: z.enum(['met', 'missed', 'unknown']), measured: text })),
  share: z.strictObject({ timesPerTrial: z.number(), per: text, ofWallTime: z.number().min(0) }).optional(),
})
const reportSchema = z.strictObject({
  schemaVersion: z.literal(1),
  date: z.iso.datetime(),
  machine: z.strictObject({
    ...{ node: text, os: text, cpu: text, cores: z.int(), memoryGb: z.number(), load: z.number() },
  }),
  versions: z.record(text, text),
  contenders: z.array(z.strictObject({ name: text, isolation: text })),
  repetitions: z.int(),
  profile: z.record(text, z.number()),
  rows: z.array(row),
  durationMs: z.number().positive(),
})

/** The report of two rows, with a peer that is missing as it is where none is installed. */
async function shortReport(): Promise<EngineReport> {
  const report = await measureEngine({ rows: ['call-sequential', 'cold'], repetitions: 1, peers: [] })
  for (const { findings } of report.rows) {
    findings.push({ kind: 'absent', name: 'run', reason: 'not installed: `npm run bench -- peers` installs it' })
  }
  return report
}

test('a run without peers gives a report, in a process of its own and in fresh ones', async () => {
  const report = await shortReport()
  expect(reportSchema.parse(JSON.parse(JSON.stringify(report)))).toBeDefined()
  expect(report.rows.map(({ id }) => id)).toEqual(['call-sequential', 'cold'])
  for (const { findings } of report.rows) {
    expect(findings.find(({ name }) => name === 'scriptbench')).toMatchObject({ kind: 'measured' })
  }

  const terminal = describeEngine(report)
  expect(terminal).toMatch(/^ {2}bare worker, ping-pong +[\d.]+ +[\d.]+ +[\d.]+ +1 +[\d.]+×$/m)
  expect(terminal).toContain('? ≥ 3× faster than run: –')
  expect(terminal).toContain('not measured: run; run `npm run bench -- peers` to install the peers')

  const markdown = engineMarkdown(report)
  expect(markdown).toMatch(/^\| scriptbench \| [\d.]+ \| [\d.]+ \| [\d.]+ \| 1 \| {2}\|$/m)
  expect(markdown).toContain('| run |  | not installed: `npm run bench -- peers` installs it |  |  |  |')
  for (const line of markdown.split('\n').filter(each => each.startsWith('|'))) expect(line).toMatch(/\|$/)
})

test('an unknown row is a mistake that names the known ones', async () => {
  await expect(measureEngine({ rows: ['warmth'], repetitions: 1 })).rejects.toThrow(
    /--rows warmth: unknown; expected some of warm, /,
  )
})
