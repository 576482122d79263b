import { PassThrough } from 'node:stream'
import { finished } from 'node:stream/promises'
import { expect, test } from 'vitest'
import { eachLine } from '../../src/port-check/each-line.ts'

async function linesOf(chunks: readonly (string | Buffer)[]): Promise<string[]> {
  const lines: string[] = []
  const stream = new PassThrough()
  eachLine(stream, line => lines.push(line))
  for (const chunk of chunks) stream.write(chunk)
  stream.end()
  await finished(stream)
  return lines
}

test('lines are found in any cut of the stream', async () => {
  expect(await linesOf(['a\nb', 'c\n', '\n', 'd\ne\n'])).toEqual(['a', 'bc', '', 'd', 'e'])
})

test('a last line without its end is not a line', async () => {
  expect(await linesOf(['a\nrest'])).toEqual(['a'])
  expect(await linesOf([])).toEqual([])
})

test('other line ends are a part of the line', async () => {
  expect(await linesOf(['a\r\u2028b\r\n'])).toEqual(['a\r\u2028b\r'])
})

test('a character that is cut in two is whole again', async () => {
  const bytes = Buffer.from('é€😀\n')
  expect(await linesOf([...bytes].map(byte => Buffer.of(byte)))).toEqual(['é€😀'])
})
