import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { seededRandom } from '../../src/base/random.ts'
import { findRipgrep } from '../../src/tools/find-ripgrep.ts'
import { OURS } from '../measuring/judge-row.ts'
import { runProgram } from './run-program.ts'
import { openTool } from './tool-context.ts'
import type { ToolRow, ToolRowContext } from './tool-row.ts'

const FILES_PER_FOLDER = 100
const LINES_PER_FILE = 20
/** One in this many files has what is searched for. */
const NEEDLE_EVERY = 100
const NEEDLE = 'needle_[0-9]+'
const WORDS = 'main parse index value render widget buffer stream socket config loader schema token cache'.split(' ')

/** Tools that search a large tree, compared with ripgrep alone over the same tree. */
export const SEARCH_ROWS: readonly ToolRow[] = [
  {
    id: 'grep',
    title: 'grepFiles over the generated tree',
    unit: 'ms',
    method: 'A pattern that one file in a hundred has. Ours also sorts the files by time; the other is `rg -l` alone.',
    aims: [{ kind: 'ratio-at-most', to: 'rg -l', timesMax: 1.3 }],
    measure: context =>
      measureSearch(context, { tool: 'grepFiles', args: { pattern: NEEDLE }, name: 'rg -l', rg: ['-l', NEEDLE, './'] }),
  },
  {
    id: 'search',
    title: 'fileSearch over the generated tree',
    unit: 'ms',
    method:
      'A fuzzy query that some hundreds of paths match. Ours ranks them; the other is `rg --files` alone, which only lists.',
    aims: [{ kind: 'ratio-at-most', to: 'rg --files', timesMax: 1.3 }],
    measure: context =>
      measureSearch(context, {
        ...{ tool: 'fileSearch', args: { pattern: 'parsewidget' } },
        ...{ name: 'rg --files', rg: ['--files', '--hidden', './'] },
      }),
  },
]

interface Search {
  tool: string
  args: unknown
  name: string
  rg: readonly string[]
}

async function measureSearch({ dir, files, interleave }: ToolRowContext, { tool, args, name, rg }: Search) {
  await writeTree(dir, files)
  const call = openTool(tool, dir)
  const program = await findRipgrep()
  return interleave([
    {
      name: OURS,
      sample: async () => {
        await call(args)
      },
    },
    {
      name,
      sample: async () => {
        if (program === undefined) throw new Error('ripgrep is not installed')
        await runProgram(program, ['--no-config', ...rg], { cwd: dir })
      },
    },
  ])
}

/** The same names and texts on every machine. */
async function writeTree(dir: string, count: number): Promise<void> {
  const random = seededRandom('tree')
  const word = () => WORDS[Math.floor(random() * WORDS.length)] as string
  for (let start = 0; start < count; start += FILES_PER_FOLDER) {
    const folder = join(dir, word(), `${word()}_${start}`)
    await mkdir(folder, { recursive: true })
    const numbers = Array.from({ length: Math.min(FILES_PER_FOLDER, count - start) }, (_, index) => start + index)
    const files = numbers.map(number => {
      const lines = Array.from({ length: LINES_PER_FILE }, () => `const ${word()} = ${word()}(${word()})`)
      if (number % NEEDLE_EVERY === 0) lines.push(`needle_${number}`)
      return { path: join(folder, `${word()}-${word()}-${number}.ts`), text: `${lines.join('\n')}\n` }
    })
    await Promise.all(files.map(({ path, text }) => writeFile(path, text)))
  }
}
