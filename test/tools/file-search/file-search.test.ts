// Covers: tools/file-search/

import { realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createFileSearchTool } from '../../../src/tools/file-search/file-search.ts'
import type { RankedFile } from '../../../src/tools/file-search/rank-files.ts'
import { searchFiles } from '../../../src/tools/file-search/search-files.ts'
import type { SearchProfile } from '../../../src/tools/file-search/search-profile.ts'
import { caseFolder, folderContext, readCorpus, type Tree } from '../../helpers/port-corpus.ts'

interface RecordedFile {
  path: string
  match_type?: string
  score: number
  indices: number[]
}
interface SearchCase {
  id: string
  tree: string
  query: string
  roots: string[]
  unstable?: string[]
  result: Record<string, { files?: RecordedFile[] }>
}

const LIMIT = 50

describe('corpus', () => {
  const { header, cases } = readCorpus<{ trees: Record<string, Tree> }, SearchCase>('file-search')

  test.each<[string, SearchProfile]>([
    ['0.169.0', '0.169'],
    ['0.55.0', '0.55'],
  ])('%s: same set, order, scores and indices in every stable case', async (version, profile) => {
    const different: string[] = []
    for (const [name, tree] of Object.entries(header.trees)) {
      using folder = caseFolder()
      folder.write(tree)
      for (const { id, tree, query, roots, unstable, result } of cases) {
        const wanted = result[version]?.files
        if (tree !== name || unstable?.includes(version) || !wanted) continue
        const got: RankedFile[] = []
        for (const root of roots) got.push(...(await search(folder.filled(root), query, profile)))
        const expected = wanted.map(({ path, match_type: kind = 'file', score, indices }) => ({
          path,
          kind,
          score,
          indices,
        }))
        if (!isSameButForTies(got.sort(byRank), expected)) different.push(id)
      }
    }
    expect(different).toEqual([])
  })

  function search(root: string, query: string, profile: SearchProfile): Promise<RankedFile[]> {
    const follow = (path: string) => realpath(join(root, path)).catch(() => undefined)
    return searchFiles({ root, query, limit: LIMIT, profile, signal: new AbortController().signal, follow })
  }

  const byRank = (left: RankedFile, right: RankedFile) => right.score - left.score || (left.path < right.path ? -1 : 1)

  /** Which of the worst do not fit any more depends on the order in which the file system gives names. */
  function isSameButForTies(got: object[], wanted: { score: number }[]): boolean {
    const worst = wanted.length === LIMIT ? wanted.at(-1)?.score : undefined
    const better = wanted.filter(({ score }) => score !== worst)
    const isSame = JSON.stringify(got.slice(0, better.length)) === JSON.stringify(better)
    return isSame && got.length === wanted.length
  }
})

const tool = createFileSearchTool()

function find(tree: Tree, pattern: string, limit?: number) {
  const folder = caseFolder()
  onTestFinished(() => folder[Symbol.dispose]())
  folder.write(tree)
  return tool.run(tool.input.parse({ pattern, limit }), folderContext(folder.cwd, '/workspace'))
}

async function paths(tree: Tree, pattern: string): Promise<string[]> {
  const result = await find(tree, pattern)
  return result.ok ? result.value.files.map(({ path }) => path) : []
}

const FILE = { f: '' }

test('renders one path a line, folders with a slash', async () => {
  const result = await find({ 'src/main.ts': FILE, 'main/x': FILE }, 'main')
  expect(result.ok && tool.render(result.value)).toBe('main/\nsrc/main.ts\nmain/x')
})

test('explains that globs are read literally', async () => {
  const result = await find({ 'a.ts': FILE }, '*.ts')
  expect(result).toMatchObject({ value: { files: [], hint: expect.stringContaining('fuzzy') } })
  expect(result.ok && tool.render(result.value)).toContain('grepFiles')
})

describe('ignore rules', () => {
  const TREE = { '.gitignore': { f: '*.log\n!keep.log\n' }, 'x.log': FILE, 'keep.log': FILE, 'd/y.log': FILE }

  test('git rules count in a repository only', async () => {
    expect(await paths(TREE, 'log$')).toEqual(['d/y.log', 'keep.log', 'x.log'])
    expect(await paths({ ...TREE, '.git/HEAD': FILE }, 'log$')).toEqual(['keep.log'])
  })

  test('a nested .gitignore outweighs those above', async () => {
    const nested = { 'd/.gitignore': { f: '!y.log\n' }, '.git/HEAD': FILE }
    expect(await paths({ ...TREE, ...nested }, 'log$')).toEqual(['d/y.log', 'keep.log'])
  })

  test('those of a repository end at one inside it', async () => {
    const nested = { '.git/HEAD': FILE, 'd/.git/HEAD': FILE }
    expect(await paths({ ...TREE, ...nested }, 'log$')).toEqual(['d/y.log', 'keep.log'])
  })

  test('.ignore always counts, and outweighs git', async () => {
    expect(await paths({ ...TREE, '.ignore': { f: 'd/\n!x.log' }, '.git/HEAD': FILE }, 'log$')).toEqual([
      'keep.log',
      'x.log',
    ])
  })
})

test('does not follow links that lead out, nor loops', async () => {
  const tree = { '../secret/s.txt': FILE, out: { l: '../secret' }, 'd/loop': { l: '..' }, 'd/s.txt': FILE }
  expect(await paths(tree, 's.txt')).toEqual(['d/s.txt'])
})
