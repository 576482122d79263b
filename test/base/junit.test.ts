import { expect, test } from 'vitest'
import { junitReport } from '../../src/base/junit.ts'

const one = { className: 'suite', name: 'case' }

test('counts follow from the cases, and each kind of result has its element', () => {
  const xml = junitReport('all', [
    {
      name: 'first',
      cases: [
        { ...one, result: { kind: 'passed' } },
        { ...one, result: { kind: 'passed', output: 'noted' } },
        { ...one, result: { kind: 'failure', type: 'regression', message: 'slower' } },
        { ...one, result: { kind: 'error', type: 'crash', details: 'stack' } },
        { ...one, result: { kind: 'skipped', message: 'unstable' } },
      ],
    },
    { name: 'second', cases: [] },
  ])
  expect(xml).toBe(
    [
      '<?xml version="1.0" encoding="UTF-8"?>',
      '<testsuites name="all">',
      '  <testsuite name="first" tests="5" failures="1" errors="1" skipped="1">',
      '    <testcase classname="suite" name="case"/>',
      '    <testcase classname="suite" name="case"><system-out>noted</system-out></testcase>',
      '    <testcase classname="suite" name="case"><failure type="regression" message="slower"/></testcase>',
      '    <testcase classname="suite" name="case"><error type="crash">stack</error></testcase>',
      '    <testcase classname="suite" name="case"><skipped message="unstable"/></testcase>',
      '  </testsuite>',
      '  <testsuite name="second" tests="0" failures="0" errors="0" skipped="0">',
      '  </testsuite>',
      '</testsuites>',
      '',
    ].join('\n'),
  )
})

test('names and texts from outside cannot end an element', () => {
  const hostile = "\"><evil a='1'>&\u0000"
  const xml = junitReport(hostile, [
    { name: hostile, cases: [{ className: hostile, name: hostile, result: { kind: 'passed', output: hostile } }] },
  ])
  expect(xml).not.toContain('<evil')
  expect(xml.match(/&quot;&gt;&lt;evil a=&apos;1&apos;&gt;&amp;\ufffd/g)).toHaveLength(5)
})
