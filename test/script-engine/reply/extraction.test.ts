// Covers: script-engine/failure/parse-failure.ts, script-engine/reply/find-blocks.ts
// Covers: script-engine/reply/find-fenced-scripts.ts, script-engine/reply/repair-source.ts
// Covers: script-engine/source/strip-types.ts
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are programs
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { extractScripts } from '../../../src/script-engine/reply/extract-scripts.ts'
import { MALFORMED_REPLIES } from './malformed-replies.ts'

const CLEAR = MALFORMED_REPLIES.filter(({ isClear }) => isClear)
const sourcesOf = (reply: string) => {
  const extraction = extractScripts(reply, 'lenient')
  return extraction.kind === 'scripts' ? extraction.sources : []
}

describe(`lenient extraction of ${MALFORMED_REPLIES.length} malformed replies`, () => {
  test('of at least 120 whose intent is clear, at most 1 % are lost', () => {
    expect(CLEAR.length).toBeGreaterThanOrEqual(120)
    const lost = CLEAR.filter(({ reply, meant }) => JSON.stringify(sourcesOf(reply)) !== JSON.stringify(meant))
    expect(lost.length, lost.map(({ id }) => id).join(', ')).toBeLessThanOrEqual(CLEAR.length * 0.01)
  })

  test('every one has a name of its own', () => {
    expect(new Set(MALFORMED_REPLIES.map(({ id }) => id)).size).toBe(MALFORMED_REPLIES.length)
  })

  test.each(MALFORMED_REPLIES)('$id: its programs, every liberty named', ({ reply, meant, repairs }) => {
    const extraction = extractScripts(reply, 'lenient')
    const found = extraction.kind === 'scripts' ? extraction : { sources: [], repairs: [] }
    expect(found.sources).toEqual(meant)
    expect(found.repairs.toSorted()).toEqual(repairs.toSorted())
  })
})

describe('strict extraction takes no liberties', () => {
  test.each(MALFORMED_REPLIES)('$id', ({ reply, strict }) => {
    const extraction = extractScripts(reply, 'strict')
    if (typeof strict !== 'string') expect(extraction).toEqual({ kind: 'scripts', sources: strict, repairs: [] })
    else if (strict === 'none') expect(extraction).toEqual({ kind: 'none' })
    else expect(extraction).toEqual({ kind: 'malformed', message: expect.stringContaining(strict) })
  })
})

const STATEMENTS = [
  'const files = await tools.listDir({ path: "." })',
  'const html = "<b>a</b> &lt;i&gt; “quoted” </code>"',
  'const text = `one\n  two ${1 + 1}\n\n# three`',
  '// a comment with `backticks` and "quotes"',
  'for (const file of ["a", "b"]) {\n\tconsole.log(file)\n}',
  'const pattern = /<\\/?[a-z]+>/g',
  'const hidden = "\u200B<b>\u200B é 👩‍👩‍👧"',
  'const fence = `\\`\\`\\`ts`',
  '',
]
const PROSE = [
  'I will read the file first.',
  'The `<tool-calls>` block is next, closed by `</tool-calls>`.',
  '```ts\nconst example = 1\n```',
  '> quoted\n> text',
  '1. one\n2. two',
  '<div>&lt;b&gt;</div>',
  '“Smart” quotes, {"code": "x"}, [brackets](link).',
  '**bold**',
  '日本語 👩‍👩‍👧\u200B',
  '~~~',
  '',
]

const lines = (from: readonly string[]) =>
  fc.array(fc.constantFrom(...from), { maxLength: 5 }).map(all => all.join('\n'))
const program = fc
  .tuple(lines(STATEMENTS), lines(STATEMENTS))
  .map(([before, after]) => `${before}\nreturn await tools.readFile({ path: "a" })\n${after}`)
const prose = fc.tuple(lines(PROSE), fc.string({ unit: 'grapheme', maxLength: 40 })).map(([known, free]) => {
  return `${known}\n${free.replace(/[<\r]|&lt;/g, '')}`
})

describe('for whatever is written', () => {
  test('a well-formed block gives back its exact bytes in both policies', () => {
    fc.assert(
      fc.property(prose, program, prose, (before, source, after) => {
        const reply = `${before}\n<tool-calls>\n${source}\n</tool-calls>\n${after}`
        expect(extractScripts(reply, 'strict')).toEqual({ kind: 'scripts', sources: [source], repairs: [] })
        expect(sourcesOf(reply)).toEqual([source])
      }),
      { numRuns: 300 },
    )
  })

  test('extraction does not throw, and names a liberty whenever it takes one', () => {
    const fragments = MALFORMED_REPLIES.flatMap(({ reply }) => reply.split(/(?<=[>\n`])/)).slice(0, 400)
    const reply = fc.array(fc.oneof(fc.constantFrom(...fragments), fc.string({ maxLength: 8 })), { maxLength: 12 })
    fc.assert(
      fc.property(reply, parts => {
        const text = parts.join('')
        const [lenient, strict] = [extractScripts(text, 'lenient'), extractScripts(text, 'strict')]
        if (strict.kind === 'none' && lenient.kind === 'scripts') expect(lenient.repairs).not.toEqual([])
      }),
      { numRuns: 150 },
    )
  })
})

const MEGABYTE = 1024 * 1024
const filled = (unit: string) => unit.repeat(Math.ceil(MEGABYTE / unit.length))
const LONG: [string, string][] = [
  ['a long program', `<tool-calls>\n${filled('const a = foo(1) // c\n')}</tool-calls>`],
  ['long prose', `${filled('Some words. ')}<tool-calls>\nreturn 1\n</tool-calls>`],
  ['start tags', filled('<tool-calls>')],
  ['end tags', filled('</tool-calls>')],
  ['pairs', filled('<tool-calls>(</tool-calls>\n')],
  ['start tags on lines', filled('<tool-calls>\n')],
  ['unclosed tags with blanks', filled('<tool-calls      ')],
  ['one unclosed tag with blanks', `<tool-calls${filled(' ')}`],
  ['angle brackets', filled('<')],
  ['angle brackets with blanks', filled('<  ')],
  ['entities', filled('&lt;')],
  ['escaped tags', filled('&lt;tool-calls&gt;\n')],
  ['thoughts', filled('<think>')],
  ['pairs of thoughts', filled('<think></think>')],
  ['fences', filled('```ts\n')],
  ['fences in a block', `<tool-calls>\n${filled('```ts\n')}\n</tool-calls>`],
  ['closed fences in a block', `<tool-calls>\n${filled('```ts\n```\n')}\n</tool-calls>`],
  ['blanks', `<tool-calls>\n${filled(' ')}\n`],
  ['blank lines', `<tool-calls>\n\`\`\`\n${filled('\n ')}x`],
  ['blank lines between end tags', `<tool-calls>\nx\n${filled('</tool-calls>                         \n')}`],
  ['quotation marks', `<tool-calls>\n${filled('> ')}\n</tool-calls>`],
  ['quoted lines', `<tool-calls>\n${filled('> a\n')}</tool-calls>`],
  ['line numbers', `<tool-calls>\n${filled('1: a\n')}</tool-calls>`],
  ['character data', `<tool-calls><![CDATA[${filled(']]>  ')}x</tool-calls>`],
  ['wrappers', `<tool-calls>${filled('<code></code>')}x</tool-calls>`],
  ['JSON that does not end', `<tool-calls>{"code": "${filled('a\\"')}</tool-calls>`],
  ['JSON brackets', `<tool-calls>{"code": ${filled('[')}</tool-calls>`],
  ['JSON objects', `<tool-calls>${filled('{"code":')}</tool-calls>`],
  ['invisible characters', filled('\u200B')],
  ['invisible characters and tags', filled('\u200B<tool-calls>')],
  ['backticks', filled('`')],
  ['line ends', filled('\r')],
  ['one word', `<tool-calls>\n${filled('a')}\n\n(</tool-calls>`],
]

describe('a reply of a megabyte is read in time that grows with its length', () => {
  test.each(LONG)('%s', (_name, reply) => {
    for (const parses of [() => false, () => true]) {
      const startedMs = performance.now()
      extractScripts(reply, 'lenient', parses)
      extractScripts(reply, 'strict', parses)
      expect(performance.now() - startedMs).toBeLessThan(3_000)
    }
  })
})
