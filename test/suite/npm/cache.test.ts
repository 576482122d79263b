import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { buildOnce, defaultCacheDir } from '../../../src/suite/npm/cache.ts'
import { temporaryTree } from '../temporary-tree.ts'

test('two builders in parallel end with one complete entry, and nothing next to it', async () => {
  const dir = temporaryTree()
  const target = join(dir, 'entries', 'x')
  const bothAtWork = Promise.withResolvers<void>()
  let atWork = 0
  const builds = ['first', 'second'].map(name =>
    buildOnce(target, async scratch => {
      writeFileSync(join(scratch, 'one'), name)
      if (++atWork === 2) bothAtWork.resolve()
      await bothAtWork.promise
      writeFileSync(join(scratch, 'two'), name)
    }),
  )
  expect(await Promise.all(builds)).toEqual([target, target])
  expect(readFileSync(join(target, 'one'), 'utf8')).toBe(readFileSync(join(target, 'two'), 'utf8'))
  expect(readdirSync(join(dir, 'entries'))).toEqual(['x'])
})

test('a build that fails leaves nothing, and the next one can succeed', async () => {
  const target = join(temporaryTree(), 'x')
  await expect(buildOnce(target, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(readdirSync(join(target, '..'))).toEqual([])
  expect(await buildOnce(target, async dir => writeFileSync(join(dir, 'a'), ''))).toBe(target)
})

test('what is there is not built again', async () => {
  const target = temporaryTree({ 'a.txt': '' })
  expect(await buildOnce(target, () => Promise.reject(new Error('built')))).toBe(target)
})

test('the cache lies where the environment says', () => {
  expect(defaultCacheDir({ SCRIPTBENCH_CACHE: '/x', XDG_CACHE_HOME: '/y' })).toBe('/x')
  expect(defaultCacheDir({ XDG_CACHE_HOME: '/y' })).toBe('/y/scriptbench')
  expect(defaultCacheDir({})).toMatch(/\.cache\/scriptbench$/)
})
