// Covers: report/trial/event-lines.ts, report/trial/paint.ts

import { describe, expect, test } from 'vitest'
import { renderTrial } from '../../../src/report/trial/render-trial.ts'
import { trialEvents } from '../../helpers/trial-events.ts'

const events = trialEvents({
  trial: { playerKind: 'simulated', model: 'simulated/careless' },
  arm: { mode: 'script-tool' },
  prompt: 'Rename the export.',
  turns: [
    {
      text: 'I look first.',
      script: {
        source: 'const hits = await tools.grepFiles({ pattern: "x" })\nreturn hits.paths.lenght()',
        calls: [
          { tool: 'grepFiles', args: { pattern: 'x' } },
          { tool: 'readFile', error: { code: 'not-found', message: 'no a.js' } },
        ],
        failure: {
          class: 'thrown',
          message: 'not a function',
          line: 2,
          column: 12,
          frame: '2 | return hits\n  |        ^',
        },
        logs: ['hello'],
      },
      observation: { text: 'script failed' },
    },
    { text: 'Done.' },
  ],
  clauses: [{ 'exports-renamed': 1, 'tests-pass': 0 }],
  outcome: { kind: 'unsolved' },
  unexpected: ['out.txt'],
})

describe('a trial in the terminal', () => {
  const text = renderTrial(events)

  test.each([
    ['who played', 'simulated/careless (simulated: no evidence about models)'],
    ['the prompt', 'Rename the export.'],
    ['what the model said', 'I look first.'],
    ['the program', 'return hits.paths.lenght()'],
    ['the calls', '✓ grepFiles {"pattern":"x"} 10 ms'],
    ['a failed call', 'not-found: no a.js'],
    ['the failure and its place', 'script failed (thrown) at 2:12: not a function'],
    ['the frame', '2 | return hits'],
    ['what the script printed', 'log: hello'],
    ['what the model was shown', '[observation]\n  script failed'],
    ['the files', '+ out.txt (unexpected)'],
    ['the clauses', '✗ tests-pass = 0'],
    ['the outcome', 'outcome: unsolved'],
  ])('shows %s', (_what, part) => {
    expect(text).toContain(part)
  })

  test('has colours only when asked', () => {
    expect(text).not.toContain('\u001b')
    expect(renderTrial(events, { isColoured: true })).toContain('\u001b[31m')
  })

  test('says each message once', () => {
    expect(text.match(/Rename the export\./g)).toHaveLength(1)
    expect(text.match(/I look first\./g)).toHaveLength(1)
  })

  test('says when the log has no end', () => {
    expect(renderTrial(trialEvents({ isInterrupted: true }))).toContain('the log has no end')
    expect(renderTrial([])).toContain('the log has no end')
  })

  test('shows control characters by their number', () => {
    const hostile = renderTrial(trialEvents({ turns: [{ text: 'a\u001b[2Jb\u202ec\rd' }] }))
    expect(hostile).toContain('a⟨U+001B⟩[2Jb⟨U+202E⟩c⟨U+000D⟩d')
  })

  test('leaves out the middle of a very long text and says so', () => {
    const long = Array.from({ length: 500 }, (_, index) => `line ${index}`).join('\n')
    const shown = renderTrial(trialEvents({ turns: [{ text: long }] }))
    expect(shown).toContain('… 440 lines …')
    expect(shown).toContain('line 499')
  })
})
