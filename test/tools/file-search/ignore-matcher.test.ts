// Covers: tools/file-search/glob-automaton.ts, tools/file-search/ignore-glob.ts, tools/rust-trim.ts

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createIgnoreMatcher } from '../../../src/tools/file-search/ignore-matcher.ts'
import type { SearchProfile } from '../../../src/tools/file-search/search-profile.ts'

/** A path that ends in a slash is a folder. */
function verdict(rules: string, path: string, profile: SearchProfile = '0.169') {
  return createIgnoreMatcher(rules, profile)?.test(path.replace(/\/$/, ''), path.endsWith('/'))
}

function ignored(rules: string, paths: readonly string[]): string[] {
  return paths.filter(path => verdict(rules, path) === 'ignored')
}

describe('lines', () => {
  test('comments, blank lines and invalid globs say nothing', () => {
    expect(createIgnoreMatcher('# a\n\n  \n[b-a]\na}\n{a\na\\', '0.169')).toBeUndefined()
  })

  test('the last one that fits decides', () => {
    expect(verdict('*.log\n!keep.log', 'keep.log')).toBe('kept')
    expect(verdict('!keep.log\n*.log', 'keep.log')).toBe('ignored')
    expect(verdict('*.log', 'keep.txt')).toBeUndefined()
  })

  test('a slash at the end means folders, one elsewhere the place', () => {
    expect(ignored('out/', ['out', 'out/', 'a/out/'])).toEqual(['out/', 'a/out/'])
    expect(ignored('/out', ['out', 'a/out'])).toEqual(['out'])
    expect(ignored('a/out', ['a/out', 'b/a/out'])).toEqual(['a/out'])
  })

  test('a backslash takes the meaning from what follows; white space at the end goes', () => {
    expect(ignored('\\#a\n\\!b\nc\\ \nd \n\\*', ['#a', '!b', 'c ', 'd', 'x', '*'])).toEqual([
      '#a',
      '!b',
      'c ',
      'd',
      '*',
    ])
  })

  test('line ends can be those of Windows, and a byte-order mark is skipped, but not by 0.55', () => {
    expect(ignored('\ufeffa\r\nb\r\n', ['a', 'b'])).toEqual(['a', 'b'])
    expect(verdict('\ufeff/a', 'a', '0.55')).toBeUndefined()
  })
})

describe('globs', () => {
  test.each([
    ['a*b', ['ab', 'axb', 'x/axb'], ['a/b', 'abx']],
    ['a?b', ['axb'], ['ab', 'a/b', 'aéb']],
    ['a??b', ['aéb'], ['axb']],
    ['**/a', ['a', 'x/y/a'], ['xa']],
    ['a/**', ['a/b', 'a/b/c'], ['a', 'b/a/c']],
    ['a/**/b', ['a/b', 'a/x/y/b'], ['axb', 'c/a/b']],
    ['a**b', ['ab', 'axyb'], ['ax/yb']],
    ['**', ['a', 'a/b'], []],
    ['[ab]c', ['ac', 'bc'], ['cc', 'c']],
    ['[!a-c]d', ['xd'], ['ad', 'bd']],
    ['[]]', [']'], ['[']],
    ['[a', ['[a'], ['a']],
    ['{a,b*}.ts', ['a.ts', 'bx.ts'], ['c.ts', 'a']],
    ['{a,{b,c}d}', ['a', 'bd', 'cd'], ['b', 'ad']],
    ['x{}y', ['xy'], ['x{}y']],
  ])('%s', (glob, fit, others) => {
    expect(ignored(glob, [...fit, ...others])).toEqual(fit)
  })

  test('as 0.55, braces do not nest, a closing one alone is nothing, and brackets must be closed', () => {
    expect(verdict('{a,{b,c}}', 'b', '0.55')).toBeUndefined()
    expect(verdict('a}', 'a', '0.55')).toBe('ignored')
    expect(verdict('[a', '[a', '0.55')).toBeUndefined()
  })
})

test('takes no longer for globs made to be slow', () => {
  const slow = `${'*a'.repeat(60)}b\n${'**/a/'.repeat(60)}b\n${'{a,b}'.repeat(60)}c\n`
  expect(verdict(slow, 'a'.repeat(255))).toBeUndefined()
  expect(verdict(slow, `${'a/'.repeat(2000)}a`)).toBeUndefined()
})

test('the order of what was asked before does not matter', () => {
  const name = fc.string({
    unit: fc.constantFrom('a', 'b', '/', '*', '?', '[', ']', '!', '{', '}', ',', 'é'),
    maxLength: 8,
  })
  fc.assert(
    fc.property(fc.array(name, { maxLength: 6 }), fc.array(name, { maxLength: 6 }), (lines, paths) => {
      const rules = lines.join('\n')
      const warm = createIgnoreMatcher(rules, '0.169')
      for (const path of paths)
        expect(warm?.test(path, false)).toBe(createIgnoreMatcher(rules, '0.169')?.test(path, false))
    }),
  )
})
