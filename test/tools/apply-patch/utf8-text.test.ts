import { expect, test } from 'vitest'
import { utf8Text } from '../../../src/tools/apply-patch/utf8-text.ts'

test.each([
  ['ff', 'invalid utf-8 sequence of 1 bytes from index 0'],
  ['616263ff', 'invalid utf-8 sequence of 1 bytes from index 3'],
  ['61c0af', 'invalid utf-8 sequence of 1 bytes from index 1'],
  ['e28041', 'invalid utf-8 sequence of 2 bytes from index 0'],
  ['f09f9841', 'invalid utf-8 sequence of 3 bytes from index 0'],
  ['eda080', 'invalid utf-8 sequence of 1 bytes from index 0'],
  ['c3a9e282', 'incomplete utf-8 byte sequence from index 2'],
  ['f0', 'incomplete utf-8 byte sequence from index 0'],
])('%s', (hex, error) => {
  expect(utf8Text(Buffer.from(hex, 'hex'))).toEqual({ ok: false, error })
})

test('keeps a byte order mark and NUL', () => {
  expect(utf8Text(Buffer.from('efbbbf610062', 'hex'))).toEqual({ ok: true, value: '\ufeffa\0b' })
})
