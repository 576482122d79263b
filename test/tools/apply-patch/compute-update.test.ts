// Covers: tools/apply-patch/frame-patch.ts, tools/apply-patch/line-seeker.ts, tools/apply-patch/locate-chunks.ts
// Covers: tools/apply-patch/parse-hunks-055.ts, tools/apply-patch/parse-hunks.ts, tools/apply-patch/parse-patch.ts
// Covers: tools/apply-patch/patch-markers.ts, tools/apply-patch/patch.ts, tools/apply-patch/read-update-line.ts

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { computeUpdate } from '../../../src/tools/apply-patch/compute-update.ts'
import { parsePatch } from '../../../src/tools/apply-patch/parse-patch.ts'
import type { ChunkLine, PatchChunk, PatchProfile } from '../../../src/tools/apply-patch/patch.ts'

const PROFILES: PatchProfile[] = ['0.169', '0.55']

const line = fc.constantFrom(
  'alpha',
  'beta',
  '  gamma',
  'delta $1 $&',
  '-minus',
  '+plus',
  ' space',
  '@@ x',
  '*** End Patch',
  'é🙂',
  '\t',
)
const file = fc.array(line, { maxLength: 12 })

/** The whole file as one chunk: what both have in order is context, the rest removed and added. */
function wholeFileDiff(from: readonly string[], to: readonly string[]): ChunkLine[] {
  const common = Array.from({ length: from.length + 1 }, () => new Array<number>(to.length + 1).fill(0))
  const at = (row: number, column: number) => common[row]?.[column] as number
  for (let row = from.length - 1; row >= 0; row--) {
    for (let column = to.length - 1; column >= 0; column--) {
      const longest =
        from[row] === to[column] ? at(row + 1, column + 1) + 1 : Math.max(at(row + 1, column), at(row, column + 1))
      ;(common[row] as number[])[column] = longest
    }
  }
  const lines: ChunkLine[] = []
  let row = 0
  let column = 0
  while (row < from.length || column < to.length) {
    if (row < from.length && column < to.length && from[row] === to[column]) {
      lines.push({ kind: 'context', text: from[row++] as string })
      column++
    } else if (row < from.length && (column === to.length || at(row + 1, column) >= at(row, column + 1))) {
      lines.push({ kind: 'removed', text: from[row++] as string })
    } else lines.push({ kind: 'added', text: to[column++] as string })
  }
  return lines
}

const SIGN = { context: ' ', added: '+', removed: '-' }
const patchText = (lines: readonly ChunkLine[]) =>
  [
    '*** Begin Patch',
    '*** Update File: f',
    '@@',
    ...lines.map(({ kind, text }) => SIGN[kind] + text),
    '*** End Patch',
  ].join('\n')

function apply(text: string, patch: string, profile: PatchProfile) {
  const parsed = parsePatch(patch, profile)
  const [operation] = parsed.ok ? parsed.value.operations : []
  if (operation?.kind !== 'update') throw new Error('the patch is not an update')
  return computeUpdate({ text, chunks: operation.chunks, path: 'f', profile })
}

describe.each(PROFILES)('profile %s', profile => {
  test('applying the difference of two files to one gives the other', () => {
    fc.assert(
      fc.property(file, file, (from, to) => {
        const lines = wholeFileDiff(from, to)
        fc.pre(lines.length > 0 && (from.length > 0 || profile === '0.169'))
        const ended = (all: readonly string[]) => all.map(one => `${one}\n`).join('')
        expect(apply(ended(from), patchText(lines), profile)).toEqual({ ok: true, value: ended(to) })
      }),
    )
  })

  test('never throws, whatever the text', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '*** Begin Patch',
        '*** End Patch',
        '*** Update File: f',
        '*** Move to: g',
        '@@',
        '@@ x',
        '*** End of File',
        '*** Add File: f',
        '*** Environment ID: e',
        '+a',
        '-a',
        ' a',
        '',
        "<<'EOF'",
        'EOF',
        '\r',
      ),
      fc.string({ unit: 'binary', maxLength: 8 }),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), fc.string({ unit: 'binary' }), (pieces, text) => {
        const framed = ['*** Begin Patch', ...pieces, '*** End Patch'].join('\n')
        for (const patch of [pieces.join('\n'), framed]) {
          const parsed = parsePatch(patch, profile)
          for (const operation of parsed.ok ? parsed.value.operations : []) {
            if (operation.kind === 'update') computeUpdate({ text, chunks: operation.chunks, path: 'f', profile })
          }
        }
      }),
    )
  })
})

test('0.169 leaves every byte outside the change', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom('a', 'b ', '\u00a0c', ''), fc.constantFrom('\n', '\r\n', '\r')), {
        maxLength: 8,
      }),
      fc.array(fc.tuple(fc.constantFrom('d', ' e', ''), fc.constantFrom('\n', '\r\n')), { maxLength: 8 }),
      (head, tail) => {
        const glue = (parts: readonly (readonly [string, string])[]) => parts.map(part => part.join('')).join('')
        const ending = head[0]?.[1] ?? '\r\n'
        const text = `${glue(head)}THE LINE\r\n${glue(tail)}`
        const chunks: PatchChunk[] = [
          {
            lines: [
              { kind: 'removed', text: 'THE LINE' },
              { kind: 'added', text: 'new' },
            ],
            isEndOfFile: false,
          },
        ]
        // A lone CR before an LF would be one ending.
        fc.pre(!head.some(([, end], index) => end === '\r' && head[index + 1]?.join('').startsWith('\n')))
        expect(computeUpdate({ text, chunks, path: 'f' })).toEqual({
          ok: true,
          value: `${glue(head)}new${ending}${glue(tail)}`,
        })
      },
    ),
  )
})

test('what is added at one place is in the order of the patch', () => {
  const added = (text: string): ChunkLine => ({ kind: 'added', text })
  const chunks: PatchChunk[] = [
    { lines: [added('first')], isEndOfFile: false },
    { lines: [{ kind: 'context', text: 'a' }, added('second')], isEndOfFile: false },
  ]
  expect(computeUpdate({ text: 'a\n', chunks, path: 'f' })).toEqual({ ok: true, value: 'a\nfirst\nsecond\n' })
})

test('a header that comes too early is named without the blanks behind it', () => {
  const parsed = parsePatch('*** Begin Patch\n*** Update File: a\n@@\n*** Add File: b \t\n*** End Patch', '0.169')
  expect(parsed).toMatchObject({ ok: false, error: { message: expect.stringContaining("'*** Add File: b'. Every") } })
})
