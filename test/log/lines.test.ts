import { spawnSync } from 'node:child_process'
import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { linesOf } from '../../src/log/lines.ts'
import { createFolder } from '../helpers/run-cli.ts'

async function textsOf(file: string): Promise<string[]> {
  const texts: string[] = []
  for await (const { text } of linesOf(file)) texts.push(text)
  return texts
}

test('lines that lie across chunks stay whole, whatever their characters', async () => {
  const lines = Array.from({ length: 40 }, (_, index) => 'ä€😀\u2028'.repeat(index * 97))
  const folder = await createFolder({ log: lines.join('\n') })
  expect(await textsOf(join(folder, 'log'))).toEqual(lines)
})

test('what is appended while the file is read is read too', async () => {
  const folder = await createFolder({ log: 'one\ntwo\n' })
  const texts: string[] = []
  for await (const { number, text } of linesOf(join(folder, 'log'))) {
    if (number === 1) appendFileSync(join(folder, 'log'), 'three\n')
    texts.push(text)
  }
  expect(texts).toEqual(['one', 'two', 'three'])
})

test('a named pipe is refused rather than waited for', async () => {
  const folder = await createFolder()
  spawnSync('mkfifo', [join(folder, 'pipe')])
  await expect(textsOf(join(folder, 'pipe'))).rejects.toThrow('not a regular file')
})

test('many files do not block the process', async () => {
  const folder = await createFolder({ log: 'line\n'.repeat(2_000) })
  let turns = 0
  const timer = setInterval(() => turns++, 1)
  for (let read = 0; read < 10_000 && turns <= 2; read++) await textsOf(join(folder, 'log'))
  clearInterval(timer)
  expect(turns).toBeGreaterThan(2)
})
