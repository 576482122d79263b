import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type RankedFile, type Ranking, rankFiles } from '../../../src/tools/file-search/rank-files.ts'

const { signal } = new AbortController()

function rank(paths: readonly string[], query: string, options: Partial<Ranking> = {}): Promise<RankedFile[]> {
  const entries = paths.map(path => ({ path: path.replace(/\/$/, ''), kind: kindOf(path) }))
  const firstMet = (some: readonly string[], count: number) => some.slice(0, count)
  return rankFiles(entries, { query, limit: 50, profile: '0.169', firstMet, signal, ...options })
}

function kindOf(path: string): 'file' | 'directory' {
  return path.endsWith('/') ? 'directory' : 'file'
}

const pathsOf = (files: readonly RankedFile[]) => files.map(({ path }) => path)

test('best score first, equal ones by the bytes of their paths', async () => {
  expect(pathsOf(await rank(['b/x', 'a/x', 'a/\u{1f642}/x', 'a/\uffee/x', 'xy'], 'x'))).toEqual([
    'a/x',
    'a/\uffee/x',
    'a/\u{1f642}/x',
    'b/x',
    'xy',
  ])
})

test('a match in the name of a file comes before one that needs its folder', async () => {
  expect(pathsOf(await rank(['main/x', 'a/b/c/remain.ts'], 'main'))).toEqual(['a/b/c/remain.ts', 'main/x'])
})

test('of the folders of a name only the first of the shortest is raised', async () => {
  const folders = ['a/b/main/', 'c/main/', 'd/main/']
  const lastMet = (some: readonly string[]) => some.slice(-1)
  expect((await rank(folders, 'main', { firstMet: lastMet })).map(({ path, score }) => [path, score])).toEqual([
    ['d/main', 131_181],
    ['a/b/main', 109],
    ['c/main', 109],
  ])
})

test('where not all fit, of equal scores the shorter paths stay, then those met first', async () => {
  const asked: unknown[] = []
  const firstMet = (some: readonly string[], count: number) => {
    asked.push([[...some], count])
    return ['cc/x']
  }
  const found = await rank(['ccc/x', 'aa/x', 'bb/x', 'cc/x', 'd/x'], 'x', { limit: 2, firstMet })
  expect(pathsOf(found)).toEqual(['cc/x', 'd/x'])
  expect(asked).toEqual([[['aa/x', 'bb/x', 'cc/x'], 1]])
})

test('as 0.55, folders do not count, and a better one takes the place of the first path among the worst', async () => {
  const met = ['b/yx', 'a/yx', 'c/x', 'd/yx', 'x/']
  const firstMet = (some: readonly string[]) => met.filter(path => some.includes(path))
  expect(pathsOf(await rank(met, 'x', { profile: '0.55', limit: 2, firstMet }))).toEqual(['c/x', 'b/yx'])
})

test('nothing matches an empty query, everything a blank one', async () => {
  expect(await rank(['a', 'b'], '')).toEqual([])
  expect(await rank(['a', 'b'], ' ')).toHaveLength(2)
})

test('never throws, and its indices lie in the path in order', async () => {
  const text = fc.string({
    unit: fc.constantFrom('a', 'B', '/', '.', ' ', '\\', '!', '^', '$', "'", 'é', '🙂', '_', '1', 'ſ', '\u0301'),
    maxLength: 12,
  })
  await fc.assert(
    fc.asyncProperty(
      text,
      fc.array(text, { maxLength: 5 }),
      fc.constantFrom('0.169', '0.55'),
      async (query, all, profile) => {
        const entries = all.map(path => ({ path, kind: 'file' as const }))
        const firstMet = (some: readonly string[]) => [...some]
        for (const { path, indices, score } of await rankFiles(entries, {
          query,
          limit: 3,
          profile,
          firstMet,
          signal,
        })) {
          const length = Buffer.byteLength(path)
          expect(score).toBeGreaterThanOrEqual(0)
          expect(indices.every((index, at) => index < length && (at === 0 || index > (indices[at - 1] ?? 0)))).toBe(
            true,
          )
        }
      },
    ),
  )
})

test('a cancelled search gives others their turn and ends', async () => {
  const cancelled = AbortSignal.abort()
  expect(await rank(['a', 'b'], ' ', { signal: cancelled })).toEqual([])
})

test('a long query and long paths take no longer than they must', async () => {
  const paths = Array.from({ length: 200 }, (_, index) => `${'ab/'.repeat(1300)}${index}`)
  expect(await rank(paths, 'ab'.repeat(400))).toHaveLength(50)
})
