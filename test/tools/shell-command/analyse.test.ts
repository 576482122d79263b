import { existsSync } from 'node:fs'
import { posix } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parsePatch, toolParseMessage } from '../../../src/tools/apply-patch/parse-patch.ts'
import type { PatchProfile } from '../../../src/tools/apply-patch/patch.ts'
import { analyseShellCommand } from '../../../src/tools/shell-command/analyse.ts'
import { bashGrammarFile } from '../../../src/tools/shell-command/bash-grammar.ts'
import { readCorpus } from '../../helpers/port-corpus.ts'

interface Observed {
  kind: 'patch' | 'not_patch' | 'error'
  files?: string[]
  message?: string
}
interface HeredocCase {
  id: string
  argv: string[]
  observed: Record<string, Observed | null>
}

const CWD = '/work'
const { cases } = readCorpus<unknown, HeredocCase>('heredoc')

async function observe(argv: readonly string[], profile: PatchProfile): Promise<Observed> {
  const analysis = await analyseShellCommand(argv, profile)
  if (analysis.kind === 'plain') return { kind: 'not_patch' }
  if (analysis.kind === 'refused') return { kind: 'error', message: analysis.message }
  const parsed = parsePatch(analysis.patch, profile)
  if (!parsed.ok)
    return { kind: 'error', message: `apply_patch verification failed: ${toolParseMessage(parsed.error)}` }
  if (parsed.value.operations.length === 0) return { kind: 'error', message: 'patch rejected: empty patch' }
  const files = parsed.value.operations.map(({ path }) => posix.resolve(CWD, analysis.cwd ?? '.', path))
  return { kind: 'patch', files: files.map(file => posix.relative(CWD, file)) }
}

describe.each([
  ['0.169', '0.169.0'],
  ['0.55', '0.55.0'],
] as const)('corpus, profile %s', (profile, version) => {
  test('every form of every case', async () => {
    for (const { id, argv, observed } of cases) {
      if (!observed[version]) continue
      const got = await observe(
        argv.map(word => word.replaceAll('{{CWD}}', CWD)),
        profile,
      )
      expect(observed[version], id).toMatchObject(got)
    }
  })
})

test('the grammar is there', () => {
  expect(existsSync(bashGrammarFile())).toBe(true)
})

test('hands over the patch and the folder as written', async () => {
  const script = "cd 'a b' && apply_patch <<'E'\n*** Begin Patch\n$x\n*** End Patch\n\nE\n"
  expect(await analyseShellCommand(['bash', '-lc', script])).toEqual({
    kind: 'patch',
    patch: '*** Begin Patch\n$x\n*** End Patch',
    cwd: 'a b',
    compound: true,
  })
})

describe('compound', () => {
  test.each([
    ['ls -la', false],
    ['FOO=1 ls > x', false],
    ["cat <<'E'\na; b | c\nE", false],
    ['python3 -c "a; b"', false],
    ['ls | wc', true],
    ['cd x && ls', true],
    ['ls; ls', true],
    ['for f in *; do cat "$f"; done', true],
    ['echo $(date)', true],
    ['diff <(a) b', true],
  ])('%s: %s', async (script, expected) => {
    expect(await analyseShellCommand(['bash', '-c', script])).toEqual({ kind: 'plain', compound: expected })
  })

  test('only a shell has a script', async () => {
    expect(await analyseShellCommand(['node', '-e', 'a; b'])).toEqual({ kind: 'plain', compound: false })
    expect(await analyseShellCommand(['/bin/dash', '-euc', 'a; b'])).toEqual({ kind: 'plain', compound: true })
  })
})

test('never throws, whatever the script', async () => {
  const piece = fc.constantFrom(
    'apply_patch',
    ' <<',
    "'E'",
    '\n',
    'E',
    'cd ',
    ' && ',
    '$(',
    '"',
    "'",
    '`',
    '{',
    '(',
    ';',
    '\0',
    '\u{1f642}',
    'x',
  )
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 20 }), async pieces => {
      await analyseShellCommand(['bash', '-lc', pieces.join('')])
    }),
  )
  expect(await analyseShellCommand([])).toEqual({ kind: 'plain', compound: false })
})
