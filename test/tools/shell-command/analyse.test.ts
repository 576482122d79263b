// Covers: tools/shell-command/

import { existsSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { analyseShellCommand } from '../../../src/tools/shell-command/analyse.ts'
import { bashGrammarFile } from '../../../src/tools/shell-command/bash-grammar.ts'

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

describe('what follows the heredoc', () => {
  const patchKind = async (rest: string) => {
    const script = `apply_patch <<'E'\n*** Begin Patch\n*** Add File: x\n*** End Patch\n${rest}`
    return (await analyseShellCommand(['bash', '-lc', script])).kind
  }

  test.each(['E;\necho', 'E &\necho', 'E & # note', 'E;;\necho', 'E F\necho', 'EE\n# note'])(
    'is not looked at behind %j',
    async rest => {
      expect(await patchKind(rest)).toBe('patch')
    },
  )

  test.each(['E\necho', 'E\n# note', 'E\n;', 'E)\n# note', 'E;\n(', 'E F'])('makes %j a command', async rest => {
    expect(await patchKind(rest)).toBe('plain')
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
