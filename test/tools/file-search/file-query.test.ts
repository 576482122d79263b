// Covers: tools/file-search/best-alignment.ts, tools/file-search/character-class.ts, tools/file-search/haystack.ts
// Covers: tools/file-search/match-needle.ts, tools/file-search/search-profile.ts, tools/file-search/span-score.ts
// Covers: tools/file-search/turn.ts

import { describe, expect, test } from 'vitest'
import { rankFiles } from '../../../src/tools/file-search/rank-files.ts'
import type { SearchProfile } from '../../../src/tools/file-search/search-profile.ts'

type Found = number[] | undefined
const NONE = undefined

/** Recorded from the real programs: query, path of a file, then the score and the positions in 0.169.0 and 0.55.0. */
const RECORDED: [string, string, Found, Found][] = [
  ['main', 'x/main.ts', [65645, 2, 3, 4, 5], [109, 2, 3, 4, 5]],
  ['MAIN', 'x/main.ts', [65645, 2, 3, 4, 5], NONE],
  ['main.ts', 'x/Main.ts', [196792, 2, 3, 4, 5, 6, 7, 8], [184, 2, 3, 4, 5, 6, 7, 8]],
  ['fb', 'src/fooBar.ts', [65587, 4, 7], [51, 4, 7]],
  ['fb', 'src/foo_bar.ts', [65589, 4, 8], [53, 4, 8]],
  ['src/m', 'src/main.rs', [134, 0, 1, 2, 3, 4], [140, 0, 1, 2, 3, 4]],
  ['main ts', 'x/main.ts', [165, 2, 3, 4, 5, 7, 8], [165, 2, 3, 4, 5, 7, 8]],
  ['ts x', 'x/main.ts', [90, 0, 7, 8], [92, 0, 7, 8]],
  ['a1', 'b/xa1y2a', [65573, 3, 4], [37, 3, 4]],
  ['parser', 'a_parser/parse_r.ts', [65691, 9, 10, 11, 12, 13, 15], [155, 9, 10, 11, 12, 13, 15]],
  ['aab', 'a/aaab/ab', [78, 2, 7, 8], [78, 0, 7, 8]],
  ['k', 'a:k', [65568, 2], [34, 2]],
  ['naive', 'docs/naïve.md', [65670, 5, 6, 7, 8, 9], [134, 5, 6, 7, 8, 9]],
  ['naïve', 'docs/naïve.md', [65670, 5, 6, 7, 8, 9], [134, 5, 6, 7, 8, 9]],
  ['NAÏVE', 'docs/naïve.md', [65670, 5, 6, 7, 8, 9], NONE],
  ['naïve', 'docs/naive.md', NONE, NONE],
  ['TEST', 'a/TÉST', [196717, 2, 3, 4, 5], [109, 2, 3, 4, 5]],
  ['ı', 'a/ı.ts', [65570, 2], [34, 2]],
  ['σ', 'a/ς.ts', [65570, 2], [34, 2]],
  ['strase', 'a/straße', [196767, 2, 3, 4, 5, 6, 7], [159, 2, 3, 4, 5, 6, 7]],
  ['s', 'a/Š.ts', [65570, 2], [16, 5]],
  ['🙂', 'emoji🙂.txt', [65568, 5], [32, 5]],
  ['^src', 'src/main.rs', [84, 0, 1, 2], NONE],
  ['rs$', 'src/main.rs', [56, 9, 10], NONE],
  ['^main$', 'main', [109, 0, 1, 2, 3], NONE],
  ["'ain", 'src/main.rs', [56, 5, 6, 7], NONE],
  ['!abc', 'src/main.rs', [0], NONE],
  ['!main', 'src/main.rs', NONE, NONE],
  ['main ^', 'x/main.ts', [65645, 2, 3, 4, 5], NONE],
  ['\\!b', 'a/!b.ts', [56, 2, 3], NONE],
  ['b\\$', 'a/b$', [59, 2, 3], NONE],
  ['b$', 'a/b$', NONE, [59, 2, 3]],
  ['a\\ b', 'a b.txt', [84, 0, 1, 2], [88, 0, 1, 2]],
  ['é\\ b', 'é b.txt', NONE, NONE],
  ['back\\s', 'back\\slash', [159, 0, 1, 2, 3, 4, 5], [166, 0, 1, 2, 3, 4, 5]],
  ["'1.ts", 'a/1.ts', NONE, NONE],
  ["'1.ts", 'a/1.ts/b', [109, 2, 3, 4, 5], NONE],
  ["'1.ts", 'a/1.TS/b', NONE, NONE],
  ["'main", 'src/mäin', NONE, NONE],
  ["'main", 'src/mäin/x', [109, 4, 5, 6, 7], NONE],
  ['te.', '.e\u0301te.rs', [65596, 2, 3, 4], [80, 4, 5, 6]],
  ['t', 'ae\u0301te.ts', [65552, 2], [32, 4]],
  ['Ꭰ', 'aᎠb', [65552, 1], [16, 1]],
  ['я', 'xЯb', [65562, 1], [26, 1]],
  ['i', 'tli3İx', [65552, 2], [16, 2]],
  ['Ğe', 'xĞé', NONE, [47, 1, 2]],
  ['a\tb', 'a\tb', [66, 0, 2], [88, 0, 1, 2]],
  ['a\\\tb', 'a\\\tb', [109, 0, 1, 2, 3], [114, 0, 1, 2, 3]],
  ['é\\\tb', 'é\\\tb', NONE, NONE],
  ['é\r\n', 'é\r\n', [65570, 0], [62, 0, 1]],
  ['a\r\nb', 'a\r\nb', [66, 0, 2], [114, 0, 1, 2, 3]],
]

describe.each<[SearchProfile, 2 | 3]>([
  ['0.169', 2],
  ['0.55', 3],
])('as %s', (profile, column) => {
  test.each(RECORDED.map(row => [row[0], row[1], row[column]] as const))('%s in %s', async (query, path, recorded) => {
    const entries = [{ path, kind: 'file' as const }]
    const { signal } = new AbortController()
    const [found] = await rankFiles(entries, { query, limit: 1, profile, firstMet: paths => [...paths], signal })
    expect(found && [found.score, ...found.indices]).toEqual(recorded)
  })
})
