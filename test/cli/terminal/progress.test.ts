import { expect, test } from 'vitest'
import { createProgress } from '../../../src/cli/terminal/progress.ts'
import type { Outcome, Trial } from '../../../src/contracts/trial.ts'
import type { RunProgress } from '../../../src/run/suite/run-suite.ts'

const trial = (mode: string): Trial =>
  ({
    task: 'one',
    model: { spec: 'oracle' },
    arm: { mode, reinjection: 'off', custom: {} },
    repeat: 0,
  }) as unknown as Trial
const ended = (outcome: Outcome, mode = 'script-tool'): RunProgress => ({
  type: 'trial-end',
  trial: trial(mode),
  outcome,
  done: 1,
  toRun: 2,
  spent: { usd: 0.25, tokens: 12_345 },
})
const started: RunProgress = { type: 'trial-start', trial: trial('script-tool') }
const solved: Outcome = { kind: 'solved' }

function progressOn(screen: { isTTY: boolean; columns?: number; rows?: number }, isJson = false) {
  let written = ''
  const write = (text: string) => {
    written += text
  }
  const stream = { ...screen, write } as unknown as NodeJS.WriteStream
  const progress = createProgress({ isJson, stream })
  return { progress, text: () => written }
}

test('off a terminal each trial is one plain line, whatever a cause quotes', () => {
  const { progress, text } = progressOn({ isTTY: false })
  const message = `first\nsecond\u001b[2J${'x'.repeat(9_000)}`
  progress.update(ended({ kind: 'failed', cause: { area: 'verifier', message } }))
  progress.update(started)
  expect(text().split('\n')).toHaveLength(2)
  expect(text()).not.toContain('\u001b')
  expect(text().length).toBeLessThan(500)
})

test('with --json nothing is said', () => {
  const { progress, text } = progressOn({ isTTY: true }, true)
  progress.update(ended(solved))
  expect(text()).toBe('')
})

test('a terminal shows counts, tokens, cost and each arm', () => {
  const { progress, text } = progressOn({ isTTY: true, columns: 200, rows: 40 })
  progress.update(started)
  progress.update(ended(solved))
  expect(text()).toContain('1/2 trials (0 running), 12.3K tokens, $0.25')
  expect(text()).toContain('oracle · script-tool off: 1 of 1 solved')
})

test('a terminal shows the last line that a command printed, without anything that steers it', () => {
  const { progress, text } = progressOn({ isTTY: true, columns: 200, rows: 40 })
  progress.update(started)
  progress.update({ type: 'tool-output', trial: trial('script-tool'), text: 'compiling\n\u001b[31m3 of 4 tests\n\n' })
  progress.update({ type: 'tool-output', trial: trial('script-tool'), text: 'too soon to be shown' })
  expect(text()).toContain('  one:  [31m3 of 4 tests\n')
  expect(text()).not.toMatch(/compiling|too soon/)
})

test('what is drawn over fits the screen, also one that does not know its size', () => {
  for (const size of [{ columns: 30, rows: 6 }, { columns: 0, rows: 0 }, {}]) {
    const { progress, text } = progressOn({ isTTY: true, ...size })
    for (let arm = 0; arm < 50; arm++) progress.update(ended(solved, `mode-${arm}`))
    const last = text().split('\u001b[0J').at(-1) ?? ''
    const lines = last.trimEnd().split('\n')
    expect(lines.length).toBeLessThan(size.rows || 24)
    for (const line of lines) expect(line.length).toBeLessThan(size.columns || 80)
    expect(last).toContain('more arms')
  }
})

test('a question on the screen is never drawn over', () => {
  const { progress, text } = progressOn({ isTTY: true })
  progress.update(ended(solved))
  progress.hold(true)
  const before = text()
  progress.update(ended(solved))
  expect(text()).toBe(before)
  progress.hold(false)
  progress.update(ended(solved))
  expect(text().slice(before.length)).not.toContain('\u001b[')
})
