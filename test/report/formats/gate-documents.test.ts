// Covers: report/formats/gate-junit.ts, report/formats/render-gate.ts, report/gate/gate-tables.ts

import { describe, expect, test } from 'vitest'
import { gateJunit } from '../../../src/report/formats/gate-junit.ts'
import { renderGateMarkdown, renderGateTerminal } from '../../../src/report/formats/render-gate.ts'
import { addToBaseline, type Baseline } from '../../../src/report/gate/baseline.ts'
import { baselineFrom, gated } from '../gate/gate-builders.ts'

const HOSTILE = 'evil/<script>&"\'|`@team\u001b[31m\u202e'
const hostile = () => ({ model: HOSTILE })
const worse = () => ({ outcome: 'unsolved', turns: 30 }) as const
const regression = gated(
  { facts: () => ({ ...worse(), ...hostile() }) },
  { baseline: baselineFrom({ facts: hostile }) },
)

describe('JUnit', () => {
  test('a case for each check, failures with their sentence', () => {
    const xml = gateJunit(gated({ facts: worse }))
    expect(xml).toContain('tests="4" failures="2" errors="0" skipped="0"')
    expect(xml).toContain('<testcase classname="openai/some.script-tool" name="solved"><failure type="regression"')
    expect(xml).toContain('the run solved 50.0 points fewer tasks than the baseline')
  })

  test('what cannot be seen is an error, quarantine is skipped', () => {
    expect(gateJunit(gated({ tasks: 0 }))).toContain('<error type="nothing-ran"')
    const facts = (index: number, repeat: number) =>
      index === 0 && repeat === 0 ? ({ outcome: 'unsolved' } as const) : {}
    const xml = gateJunit(gated({}, { baseline: baselineFrom({ facts }), policy: { quarantine: { trialsMin: 3 } } }))
    expect(xml).toContain('skipped="1"')
    expect(xml).toMatch(/name="task t00"><skipped message="in quarantine \(flaky\): 2\/3 in the baseline/)
  })

  test('hostile names stay well-formed', () => {
    const xml = gateJunit(regression)
    expect(xml).not.toMatch(/[\u001b\u202e]/)
    expect(xml).toContain('evil/&lt;script&gt;&amp;&quot;&apos;')
    const tags = [...xml.matchAll(/<(\/?)([a-z-]+)[^<>]*?(\/?)>/g)].filter(([, , name]) => name !== 'xml')
    const open: string[] = []
    for (const [, closing, name, empty] of tags) {
      if (closing) expect(open.pop()).toBe(name)
      else if (!empty) open.push(name as string)
    }
    expect(open).toEqual([])
  })
})

describe('Markdown and terminal', () => {
  test('what got worse comes first, and no name becomes markup', () => {
    const text = renderGateMarkdown(regression)
    expect(text).toMatch(/^## scriptbench gate: REGRESSION\n/)
    expect(text.indexOf('### Worse, or apparently worse')).toBeGreaterThan(0)
    expect(text.indexOf('### Worse, or apparently worse')).toBeLessThan(text.indexOf('### Other checks'))
    expect(text).not.toMatch(/<script>|@team|\u001b|\u202e/)
    expect(renderGateTerminal(regression)).not.toMatch(/\u001b|\u202e/)
  })

  test('a comment stays below the limit of a pull request, however much there is', () => {
    let baseline: Baseline = baselineFrom({ tasks: 1 })
    for (let model = 0; model < 60; model++) {
      const facts = (_: number, repeat: number) =>
        ({
          model: `openai/${'m'.repeat(150)}${model}`,
          outcome: repeat === 0 ? 'solved' : 'unsolved',
        }) as const
      baseline = addToBaseline(baseline, baselineFrom({ tasks: 12, facts })).baseline
    }
    const text = renderGateMarkdown(gated({}, { baseline }))
    expect(text.length).toBeLessThan(60_000)
    expect(text).toContain('more')
  })
})
