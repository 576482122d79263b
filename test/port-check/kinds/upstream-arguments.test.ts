import { expect, test } from 'vitest'
import { readUpstreamArguments } from '../../../src/port-check/kinds/upstream-arguments.ts'

test.each<[string, unknown]>([
  ['{"file_path": "/x", "indentation": {"max_levels": 2}}', { filePath: '/x', indentation: { maxLevels: 2 } }],
  ['{"file_path": "/x", "other": [1, {"file_path": 2}]}', { filePath: '/x', other: [1, { file_path: 2 }] }],
  // Only where upstream's field may be left out does null mean that it is.
  ['{"file_path": "/x", "indentation": null, "offset": null}', { filePath: '/x', offset: null }],
  ['["/x", 2]', { filePath: '/x', offset: 2 }],
  // Numbers that are no integers to upstream stay texts, which no port takes for a number.
  ['{"offset": 2.0, "limit": 1e3}', { offset: '2.0', limit: '1e3' }],
  ['{"offset": 18446744073709551615}', { offset: 2 ** 64 }],
  ['{"offset": 18446744073709551616}', { offset: '18446744073709551616' }],
  ['{"offset": -1, "limit": -0}', { offset: -1, limit: '-0' }],
  ['{"extra": 1, "extra": 2}', { extra: 2 }],
])('%s', (text, expected) => {
  expect(readUpstreamArguments('readFile', text)).toEqual(expected)
})

test.each([
  '',
  'no json',
  '{"file_path": "/x"} x',
  '{"file_path": "/x", "file_path": "/y"}',
  '{"file_path": "/x", "file\\u005fpath": "/y"}',
  '{"indentation": {"max_levels": 1, "max_levels": 1}}',
  '{"file_path": "\\ud800"}',
])('%s has no value', text => {
  expect(readUpstreamArguments('readFile', text)).toBeUndefined()
})

test('an alias is the same field', () => {
  expect(readUpstreamArguments('exec', '{"command": [], "timeout": 5}')).toEqual({ command: [], timeoutMs: 5 })
  expect(readUpstreamArguments('exec', '{"timeout_ms": 5, "timeout": 5}')).toBeUndefined()
})
