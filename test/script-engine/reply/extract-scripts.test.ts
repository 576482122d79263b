import { describe, expect, test } from 'vitest'
import { extractScripts } from '../../../src/script-engine/reply/extract-scripts.ts'

const SIMPLE = 'return await tools.readFile({ path: "a.txt" })'
const SEVERAL_LINES = `const files = await tools.listDir({ path: '.' })
const texts = await Promise.all(files.map(file => tools.readFile({ path: file })))

// the longest one
return texts.toSorted((a, b) => b.length - a.length)[0]`
const WITH_TEMPLATE =
  "const patch = `*** Begin Patch\n+const a = `+'x'+`\n*** End Patch`\nreturn await tools.applyPatch({ patch })"
const WITH_ANGLES = 'const m = new Map<string, Array<number>>()\nif (1 < 2 && 3 > 2) m.set("</b>", [1])\nreturn [...m]'
const PROGRAMS = { SIMPLE, SEVERAL_LINES, WITH_TEMPLATE, WITH_ANGLES }

/** Ways in which replies go wrong although their intent is clear: each gives the same program back. */
const DEFORMATIONS: Record<string, (program: string) => string> = {
  'as asked': p => `<tool-calls>\n${p}\n</tool-calls>`,
  'prose before': p => `I will look at the files first.\n\n<tool-calls>\n${p}\n</tool-calls>`,
  'prose after': p => `<tool-calls>\n${p}\n</tool-calls>\n\nThis shows the file.`,
  'prose around in one line': p => `Now: <tool-calls>\n${p}\n</tool-calls> and then we see.`,
  'no line breaks at the tags': p => `<tool-calls>${p}</tool-calls>`,
  CRLF: p => `<tool-calls>\n${p}\n</tool-calls>`.replaceAll('\n', '\r\n'),
  'a byte-order mark': p => `\uFEFF<tool-calls>\n${p}\n</tool-calls>`,
  'a fence inside': p => `<tool-calls>\n\`\`\`typescript\n${p}\n\`\`\`\n</tool-calls>`,
  'a bare fence inside': p => `<tool-calls>\n\`\`\`\n${p}\n\`\`\`\n</tool-calls>`,
  'a tilde fence inside': p => `<tool-calls>\n~~~ts\n${p}\n~~~\n</tool-calls>`,
  'a fence around': p => `\`\`\`xml\n<tool-calls>\n${p}\n</tool-calls>\n\`\`\``,
  'a fence around and prose': p => `Plan:\n\`\`\`\n<tool-calls>\n${p}\n</tool-calls>\n\`\`\`\nDone.`,
  'an unclosed fence inside': p => `<tool-calls>\n\`\`\`ts\n${p}\n</tool-calls>`,
  'no end tag': p => `<tool-calls>\n${p}`,
  'no end tag and a line break': p => `<tool-calls>\n${p}\n`,
  'an end tag cut off': p => `<tool-calls>\n${p}\n</tool-ca`,
  'an end tag cut off at once': p => `<tool-calls>\n${p}\n<`,
  'no end tag in a fence': p => `\`\`\`\n<tool-calls>\n${p}\n\`\`\`\n`,
  'no end tag and invented results': p => `<tool-calls>\n${p}\n<tool-results>\nreturned: 1\n</tool-results>`,
  underscores: p => `<tool_calls>\n${p}\n</tool_calls>`,
  capitals: p => `<Tool-Calls>\n${p}\n</Tool-Calls>`,
  singular: p => `<tool-call>\n${p}\n</tool-call>`,
  'blanks in the tags': p => `< tool-calls >\n${p}\n</ tool-calls >`,
  'an attribute': p => `<tool-calls lang="ts">\n${p}\n</tool-calls>`,
  'different spellings': p => `<tool-calls>\n${p}\n</tool_calls>`,
  'an escaped slash': p => `<tool-calls>\n${p}\n<\\/tool-calls>`,
  'doubled tags': p => `<tool-calls>\n<tool-calls>\n${p}\n</tool-calls>\n</tool-calls>`,
  'the tag in prose': p => `I use the \`<tool-calls>\` block now.\n<tool-calls>\n${p}\n</tool-calls>`,
  'the tag in prose without quotes': p => `The <tool-calls> block follows.\n<tool-calls>\n${p}\n</tool-calls>`,
  'both tags in prose': p => `Between \`<tool-calls>\` and \`</tool-calls>\`:\n<tool-calls>\n${p}\n</tool-calls>`,
  'thoughts with tags': p => `<think>maybe <tool-calls>x</tool-calls>?</think>\n<tool-calls>\n${p}\n</tool-calls>`,
  indented: p => `  <tool-calls>\n${p}\n  </tool-calls>`,
  'a language line': p => `<tool-calls>\ntypescript\n${p}\n</tool-calls>`,
  'an inner wrapper': p => `<tool-calls>\n<code>\n${p}\n</code>\n</tool-calls>`,
  'character data': p => `<tool-calls><![CDATA[\n${p}\n]]></tool-calls>`,
  'prose and a fence inside': p => `<tool-calls>\nHere is the program:\n\`\`\`ts\n${p}\n\`\`\`\n</tool-calls>`,
  'a fence named after the tag': p => `Now:\n\`\`\`tool-calls\n${p}\n\`\`\``,
  'a ts fence named after the tag': p => `\`\`\`ts tool-calls\n${p}\n\`\`\``,
  'an unclosed fence named after the tag': p => `\`\`\`tool_calls\n${p}`,
  'repeated word for word': p => `<tool-calls>\n${p}\n</tool-calls>\n<tool-calls>\n${p}\n</tool-calls>`,
  'a trailing start tag': p => `<tool-calls>\n${p}\n</tool-calls>\n<tool-calls>`,
  'a fence inside and prose after it': p => `<tool-calls>\n\`\`\`ts\n${p}\n\`\`\`\nThat is all.\n</tool-calls>`,
  'blank lines': p => `\n\n<tool-calls>\n\n${p}\n\n</tool-calls>\n\n`,
}

const CASES = Object.entries(DEFORMATIONS).flatMap(([deformation, deform]) =>
  Object.entries(PROGRAMS).map(([program, source]) => ({ deformation, program, reply: deform(source), source })),
)

describe('lenient extraction', () => {
  test('there are enough malformed replies', () => {
    expect(CASES.length).toBeGreaterThanOrEqual(150)
  })

  test.each(CASES)('$deformation: $program', ({ reply, source }) => {
    const extraction = extractScripts(reply, 'lenient')
    expect(extraction).toMatchObject({ kind: 'scripts' })
    expect(extraction.kind === 'scripts' && extraction.sources.map(each => each.trim())).toEqual([source])
  })

  test.each([
    ['in a string', 'return "</tool-calls>"'],
    ['in a template', 'return `\n</tool-calls>\n`'],
    ['in a line comment', '// closes with </tool-calls>\nreturn 1'],
    ['in a block comment', '/*\n</tool-calls>\n*/\nreturn 1'],
    ['in a regular expression', 'return /<\\/tool-calls>/.test("a")'],
    ['in an inline string', 'const tag = "<tool-calls></tool-calls>"; return tag'],
  ])('the end tag %s belongs to the program', (_name, source) => {
    const reply = `Look:\n<tool-calls>\n${source}\n</tool-calls>\nWe will see </tool-calls>.`
    expect(extractScripts(reply, 'lenient')).toMatchObject({ kind: 'scripts', sources: [source] })
  })

  test('several programs keep their order', () => {
    const reply = '<tool-calls>\nreturn 1\n</tool-calls>\nthen\n<tool-calls>\nreturn 2\n</tool-calls>'
    const expected = { kind: 'scripts', sources: ['return 1', 'return 2'], repairs: ['several-blocks'] }
    expect(extractScripts(reply, 'lenient')).toEqual(expected)
  })

  test('a first program without its end tag', () => {
    const reply = '<tool-calls>\nreturn 1\n\n<tool-calls>\nreturn 2\n</tool-calls>'
    expect(extractScripts(reply, 'lenient')).toMatchObject({ sources: ['return 1\n', 'return 2'] })
  })

  test('prose after a program without an end tag is cut', () => {
    const reply = `<tool-calls>\n${SIMPLE}\n\nI'm waiting for the results now.`
    const expected = { kind: 'scripts', sources: [SIMPLE], repairs: ['missing-end-tag', 'prose-after'] }
    expect(extractScripts(reply, 'lenient')).toEqual(expected)
  })

  test('entities and smart quotes are mended only where that makes it parse', () => {
    const reply = (program: string) => `<tool-calls>\n${program}\n</tool-calls>`
    const sources = (program: string) => extractScripts(reply(program), 'lenient')
    expect(sources('return [1].map(x =&gt; x)')).toMatchObject({
      sources: ['return [1].map(x => x)'],
      repairs: ['entities'],
    })
    expect(sources('return “a”')).toMatchObject({ sources: ['return "a"'], repairs: ['smart-quotes'] })
    expect(sources('return "&lt; “x”"')).toMatchObject({ sources: ['return "&lt; “x”"'], repairs: [] })
  })

  test('a whole reply in entities', () => {
    const reply = '&lt;tool-calls&gt;\nreturn 1 &lt; 2\n&lt;/tool-calls&gt;'
    expect(extractScripts(reply, 'lenient')).toEqual({
      kind: 'scripts',
      sources: ['return 1 < 2'],
      repairs: ['entities'],
    })
  })

  test('a fence that uses tools stands for a forgotten tag, another fence does not', () => {
    expect(extractScripts(`\`\`\`ts\n${SIMPLE}\n\`\`\``, 'lenient')).toMatchObject({ repairs: ['fence-without-tag'] })
    expect(extractScripts('All done:\n```ts\nconst a = 1\n```', 'lenient')).toEqual({ kind: 'none' })
    expect(extractScripts(`\`\`\`ts\n${SIMPLE}\n\`\`\`\n</tool-calls>`, 'lenient')).toMatchObject({
      repairs: ['missing-start-tag'],
    })
  })

  test('a program that does not parse is handed on as it is', () => {
    const reply = '<tool-calls>\nconst a = (\n</tool-calls>\nprose'
    expect(extractScripts(reply, 'lenient')).toEqual({ kind: 'scripts', sources: ['const a = ('], repairs: [] })
  })

  test.each(['', 'Done.', 'I changed `tools.ts`.', 'the `<tool-calls>` tag', '<tools>x</tools>'])(
    '%j asks for nothing',
    reply => {
      expect(extractScripts(reply, 'lenient')).toEqual({ kind: 'none' })
    },
  )

  test.each(['<tool-calls></tool-calls>', '<tool-calls>\n\n</tool-calls>', 'return 1\n</tool-calls>'])(
    '%j is malformed',
    reply => {
      expect(extractScripts(reply, 'lenient').kind).toBe('malformed')
    },
  )

  test.each([
    ['start tags', '<tool-calls>'.repeat(5_000)],
    ['end tags', '</tool-calls>'.repeat(5_000)],
    ['pairs that do not parse', '<tool-calls>(</tool-calls>\n'.repeat(3_000)],
    ['thoughts', '<think>'.repeat(20_000)],
    ['fences', '```ts\n'.repeat(20_000)],
    ['blanks', `<tool-calls>\n${' '.repeat(100_000)}\n`],
    ['blanks in a fence', `<tool-calls>\n\`\`\`\n${'\n '.repeat(30_000)}x`],
    ['angle brackets', '<'.repeat(100_000)],
  ])('a reply full of %s costs no time to speak of', (_name, reply) => {
    const startedMs = performance.now()
    extractScripts(reply, 'lenient')
    extractScripts(reply, 'strict')
    expect(performance.now() - startedMs).toBeLessThan(3_000)
  })
})

describe('strict extraction', () => {
  test('takes the exact form, prose around it allowed', () => {
    const expected = { kind: 'scripts', sources: [SEVERAL_LINES], repairs: [] }
    expect(extractScripts(`<tool-calls>\n${SEVERAL_LINES}\n</tool-calls>`, 'strict')).toEqual(expected)
    expect(extractScripts(`First:\n<tool-calls>\n${SEVERAL_LINES}\n</tool-calls>\nDone.`, 'strict')).toEqual(expected)
  })

  test('the end tag is the first one on a line of its own', () => {
    const reply = '<tool-calls>\nreturn "</tool-calls>"\n</tool-calls>'
    expect(extractScripts(reply, 'strict')).toMatchObject({ sources: ['return "</tool-calls>"'] })
  })

  test.each([
    ['no end tag', '<tool-calls>\nreturn 1', 'the end tag is missing'],
    ['no start tag', 'return 1\n</tool-calls>', 'start tag'],
    ['a start tag in a line', 'Now: <tool-calls>\nreturn 1\n</tool-calls>', 'does not begin a line'],
    ['two programs', '<tool-calls>\n1\n</tool-calls>\n<tool-calls>\n2\n</tool-calls>', 'more than one'],
    ['an empty program', '<tool-calls>\n</tool-calls>', 'empty'],
  ])('%s is malformed', (_name, reply, words) => {
    expect(extractScripts(reply, 'strict')).toEqual({ kind: 'malformed', message: expect.stringContaining(words) })
  })

  test('takes no liberties: a fence inside stays, another spelling is nothing', () => {
    expect(extractScripts('<tool-calls>\n```\nreturn 1\n```\n</tool-calls>', 'strict')).toMatchObject({
      sources: ['```\nreturn 1\n```'],
    })
    expect(extractScripts('<tool_calls>\nreturn 1\n</tool_calls>', 'strict')).toEqual({ kind: 'none' })
  })
})
