// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are programs

/** A reply as models write them, and what a reader takes it to ask for. */
export interface MalformedReply {
  id: string
  reply: string
  /** The programs that were meant, in order; none for a reply that asks for nothing. Where unclear: what is taken. */
  meant: readonly string[]
  /** A careful reader has no doubt. */
  isClear: boolean
  /** The liberties that lenient extraction has to name. */
  repairs: readonly string[]
  /** What strict extraction says: programs, `none`, or a word of its complaint. */
  strict: readonly string[] | string
}

const READ = 'return await tools.readFile({ path: "a.txt" })'
const LIST = 'const files = await tools.listDir({ path: "." })\nreturn files.filter(file => file.endsWith(".ts"))'
const PATCH =
  'const patch = `*** Begin Patch\n*** Update File: a.ts\n-const a = 1\n+const a = \\`x\\`\n*** End Patch`\nreturn await tools.applyPatch({ patch })'
const TYPED =
  'interface Found { path: string; lines: number }\n\nconst found: Found[] = []\nfor (const path of ["a.ts", "b.ts"]) {\n\tconst text = await tools.readFile({ path })\n\tfound.push({ path, lines: text.split("\\n").length })\n}\nreturn found'
const ANGLES =
  'const seen = new Map<string, Array<number>>()\nif (1 < 2 && 3 > 2) seen.set("</b>", [1])\nreturn [...seen]'
const HTML =
  'const html = `<div class="a">\n  ${["x"].map(x => `<li>${x}</li>`).join("")}\n</div>`\nreturn await tools.writeFile({ path: "a.html", text: html })'

const START = '<tool-calls>'
const END = '</tool-calls>'
const block = (program: string) => `${START}\n${program}\n${END}`

interface More {
  repairs?: readonly string[]
  strict?: readonly string[] | string
}

const clear = (id: string, reply: string, meant: readonly string[], more: More = {}): MalformedReply => ({
  ...{ id, reply, meant, isClear: true, repairs: more.repairs ?? [], strict: more.strict ?? 'none' },
})
const unclear = (id: string, reply: string, meant: readonly string[], more: More = {}): MalformedReply => ({
  ...clear(id, reply, meant, more),
  isClear: false,
})

const AS_ASKED: MalformedReply[] = [
  clear('as asked', block(TYPED), [TYPED], { strict: [TYPED] }),
  clear('prose before', `I will read the file first.\n\n${block(READ)}`, [READ], { strict: [READ] }),
  clear('prose after', `${block(LIST)}\n\nThis lists the files.`, [LIST], { strict: [LIST] }),
  clear('prose around', `First:\n${block(PATCH)}\nThen I will run the tests.`, [PATCH], { strict: [PATCH] }),
  clear('no blank lines between prose and tags', `Let me look:\n${block(ANGLES)}\nDone.`, [ANGLES], {
    strict: [ANGLES],
  }),
  clear('blank lines inside', `${START}\n\n\n${READ}\n\n${END}`, [`\n\n${READ}\n`], { strict: [`\n\n${READ}\n`] }),
  clear('markup in the program', block(HTML), [HTML], { strict: [HTML] }),
  clear('tabs in the program', block(`\t${READ}`), [`\t${READ}`], { strict: [`\t${READ}`] }),
  clear('non-ASCII', `Ich lese die Datei „ä“:\n${block('return "日本語 👩‍👩‍👧 é"')}`, ['return "日本語 👩‍👩‍👧 é"'], {
    strict: ['return "日本語 👩‍👩‍👧 é"'],
  }),
  clear('a program that does not parse', block('const a = ('), ['const a = ('], { strict: ['const a = ('] }),
  clear('only a comment', block('// nothing to do'), ['// nothing to do'], { strict: ['// nothing to do'] }),
  clear('trailing blanks behind the tags', `${START}  \n${READ}\n${END}  \n`, [READ], { strict: [READ] }),
  clear('no line breaks at the tags', `${START}${READ}${END}`, [READ], { strict: [READ] }),
  clear('a program on the line of the start tag', `${START}${READ}\n${END}`, [READ], { strict: [READ] }),
  clear('an end tag on the last line of the program', `${START}\n${LIST}${END}`, [LIST], { strict: [LIST] }),
  clear('in one line of prose', `Now ${START}${READ}${END} and then we see.`, [READ], {
    strict: 'does not begin a line',
  }),
  clear('indented tags', `  ${START}\n  ${READ}\n  ${END}`, [`  ${READ}`], { strict: 'does not begin a line' }),
]

const LINE_ENDS: MalformedReply[] = [
  clear('CRLF', block(TYPED).replaceAll('\n', '\r\n'), [TYPED], {
    repairs: ['line-ends'],
    strict: [TYPED.replaceAll('\n', '\r\n')],
  }),
  clear('CR', block(LIST).replaceAll('\n', '\r'), [LIST], {
    repairs: ['line-ends'],
    strict: [`\r${LIST.replaceAll('\n', '\r')}\r`],
  }),
  clear('CRLF around the tags only', `Plan:\r\n${START}\r\n${READ}\r\n${END}\r\n`, [READ], {
    repairs: ['line-ends'],
    strict: [READ],
  }),
  clear('a byte-order mark', `\uFEFF${block(READ)}`, [READ], {
    repairs: ['byte-order-mark'],
    strict: 'does not begin a line',
  }),
  clear('a byte-order mark inside', `${START}\n\uFEFF${READ}\n${END}`, [READ], {
    repairs: ['invisible-characters'],
    strict: [`\uFEFF${READ}`],
  }),
  clear('zero-width spaces at the tags', `\u200B${START}\u200B\n${READ}\n\u200B${END}\u200B`, [READ], {
    repairs: ['invisible-characters'],
    strict: 'does not begin a line',
  }),
  clear('zero-width space in the tag', `<tool\u200B-calls>\n${READ}\n</tool\u200B-calls>`, [READ], {
    repairs: ['invisible-characters'],
  }),
  clear(
    'no-break spaces as indentation',
    block(`if (true) {\n\u00A0\u00A0${READ}\n}`),
    [`if (true) {\n\u00A0\u00A0${READ}\n}`],
    { strict: [`if (true) {\n\u00A0\u00A0${READ}\n}`] },
  ),
  clear('no-break hyphen in the tag', `<tool\u2011calls>\n${READ}\n</tool\u2011calls>`, [READ], {
    repairs: ['tag-spelling'],
  }),
]

const FENCES: MalformedReply[] = [
  clear('a fence inside', block(`\`\`\`ts\n${LIST}\n\`\`\``), [LIST], {
    repairs: ['fence-inside'],
    strict: [`\`\`\`ts\n${LIST}\n\`\`\``],
  }),
  clear('a bare fence inside', block(`\`\`\`\n${READ}\n\`\`\``), [READ], {
    repairs: ['fence-inside'],
    strict: [`\`\`\`\n${READ}\n\`\`\``],
  }),
  clear('a fence of another language inside', block(`\`\`\`python\n${READ}\n\`\`\``), [READ], {
    repairs: ['fence-inside'],
    strict: [`\`\`\`python\n${READ}\n\`\`\``],
  }),
  clear('a fence of json inside', block(`\`\`\`json\n${READ}\n\`\`\``), [READ], {
    repairs: ['fence-inside'],
    strict: [`\`\`\`json\n${READ}\n\`\`\``],
  }),
  clear('a tilde fence inside', block(`~~~ts\n${READ}\n~~~`), [READ], {
    repairs: ['fence-inside'],
    strict: [`~~~ts\n${READ}\n~~~`],
  }),
  clear('a long fence inside', block(`\`\`\`\`ts\n${PATCH}\n\`\`\`\``), [PATCH], {
    repairs: ['fence-inside'],
    strict: [`\`\`\`\`ts\n${PATCH}\n\`\`\`\``],
  }),
  clear('an unclosed fence inside', block(`\`\`\`typescript\n${LIST}`), [LIST], {
    repairs: ['fence-inside'],
    strict: [`\`\`\`typescript\n${LIST}`],
  }),
  clear('a closing fence without an opening one', block(`${LIST}\n\`\`\``), [LIST], {
    repairs: ['fence-inside'],
    strict: [`${LIST}\n\`\`\``],
  }),
  clear('a fence inside and blank lines', `${START}\n\n\`\`\`ts\n\n${READ}\n\n\`\`\`\n\n${END}`, [READ], {
    repairs: ['fence-inside'],
    strict: [`\n\`\`\`ts\n\n${READ}\n\n\`\`\`\n`],
  }),
  clear('an indented fence inside', block(`  \`\`\`ts\n  ${READ}\n  \`\`\``), [`  ${READ}`], {
    repairs: ['fence-inside'],
    strict: [`  \`\`\`ts\n  ${READ}\n  \`\`\``],
  }),
  clear('a fence around', `\`\`\`xml\n${block(READ)}\n\`\`\``, [READ], { strict: [READ] }),
  clear('a ts fence around and prose', `Plan:\n\n\`\`\`ts\n${block(TYPED)}\n\`\`\`\n\nThat is all.`, [TYPED], {
    strict: [TYPED],
  }),
  clear('fences around and inside', `\`\`\`\n${START}\n\`\`\`ts\n${READ}\n\`\`\`\n${END}\n\`\`\``, [READ], {
    repairs: ['fence-inside'],
    strict: [`\`\`\`ts\n${READ}\n\`\`\``],
  }),
  clear(
    'a fence that opens before the start tag and closes inside',
    `\`\`\`ts\n${START}\n${READ}\n\`\`\`\n${END}`,
    [READ],
    { repairs: ['fence-inside'], strict: [`${READ}\n\`\`\``] },
  ),
  clear('prose and a fence inside', block(`Here is the program:\n\`\`\`ts\n${READ}\n\`\`\``), [READ], {
    repairs: ['prose-inside'],
    strict: [`Here is the program:\n\`\`\`ts\n${READ}\n\`\`\``],
  }),
  clear('a fence inside and prose after it', block(`\`\`\`ts\n${READ}\n\`\`\`\nThis reads the file.`), [READ], {
    repairs: ['fence-inside'],
    strict: [`\`\`\`ts\n${READ}\n\`\`\`\nThis reads the file.`],
  }),
  clear('a fence named after the tag', `Now:\n\`\`\`tool-calls\n${READ}\n\`\`\``, [READ], {
    repairs: ['fence-for-tag'],
  }),
  clear('a ts fence named after the tag', `\`\`\`ts tool-calls\n${LIST}\n\`\`\``, [LIST], {
    repairs: ['fence-for-tag'],
  }),
  clear('an unclosed fence named after the tag', `\`\`\`tool_calls\n${LIST}`, [LIST], { repairs: ['fence-for-tag'] }),
  clear('a fence instead of tags that uses tools', `I read it:\n\`\`\`ts\n${READ}\n\`\`\``, [READ], {
    repairs: ['fence-without-tag'],
  }),
  clear('a js fence instead of tags', `\`\`\`javascript\n${LIST}\n\`\`\`\n`, [LIST], {
    repairs: ['fence-without-tag'],
  }),
  clear('an unclosed fence instead of tags', `I list them:\n\n\`\`\`ts\n${LIST}`, [LIST], {
    repairs: ['fence-without-tag'],
  }),
  clear('a fence and an end tag', `\`\`\`ts\n${READ}\n\`\`\`\n${END}`, [READ], {
    repairs: ['missing-start-tag'],
    strict: 'start tag',
  }),
  clear('an end tag within a fence', `\`\`\`ts\n${READ}\n${END}\n\`\`\``, [READ], {
    repairs: ['missing-start-tag'],
    strict: 'start tag',
  }),
  clear(
    'an example fence beside the block',
    `The type is:\n\`\`\`ts\ntype A = string\n\`\`\`\n${block(READ)}`,
    [READ],
    { strict: [READ] },
  ),
  clear(
    'a fence in a template of the program',
    block(
      'const text = `# Title\n\n\\`\\`\\`ts\nconst a = 1\n\\`\\`\\`\n`\nreturn await tools.writeFile({ path: "a.md", text })',
    ),
    [
      'const text = `# Title\n\n\\`\\`\\`ts\nconst a = 1\n\\`\\`\\`\n`\nreturn await tools.writeFile({ path: "a.md", text })',
    ],
    {
      strict: [
        'const text = `# Title\n\n\\`\\`\\`ts\nconst a = 1\n\\`\\`\\`\n`\nreturn await tools.writeFile({ path: "a.md", text })',
      ],
    },
  ),
  unclear('two fences that use tools', `Either\n\`\`\`ts\n${READ}\n\`\`\`\nor\n\`\`\`ts\n${LIST}\n\`\`\``, []),
  unclear('a fence that uses no tools', 'All done:\n```ts\nconst a = 1\n```', []),
  unclear('a shell fence', 'Run this:\n```bash\nnpm test\n```', []),
  unclear('a json fence with a call', '```json\n{"tool": "readFile", "arguments": {"path": "a.txt"}}\n```', []),
  unclear('a program without fence and tags', READ, []),
]

const END_TAGS: MalformedReply[] = [
  clear('no end tag', `${START}\n${LIST}`, [LIST], { repairs: ['missing-end-tag'], strict: 'end tag is missing' }),
  clear('no end tag and a line break', `${START}\n${TYPED}\n`, [TYPED], {
    repairs: ['missing-end-tag'],
    strict: 'end tag is missing',
  }),
  clear('an end tag without its bracket', `${START}\n${READ}\n</tool-calls`, [READ], {
    repairs: ['missing-end-tag'],
    strict: 'end tag is missing',
  }),
  clear('an end tag cut after a few letters', `${START}\n${READ}\n</tool-c`, [READ], {
    repairs: ['missing-end-tag'],
    strict: 'end tag is missing',
  }),
  clear('an end tag cut after its slash', `${START}\n${READ}\n</`, [READ], {
    repairs: ['missing-end-tag'],
    strict: 'end tag is missing',
  }),
  clear('an end tag cut at once', `${START}\n${READ}\n<`, [READ], {
    repairs: ['missing-end-tag'],
    strict: 'end tag is missing',
  }),
  clear('an end tag without its bracket and prose', `${START}\n${READ}\n</tool-calls\n\nLet me wait.`, [READ], {
    repairs: ['tag-spelling'],
    strict: 'end tag is missing',
  }),
  clear('no end tag in a fence', `\`\`\`\n${START}\n${READ}\n\`\`\`\n`, [READ], {
    repairs: ['missing-end-tag'],
    strict: 'end tag is missing',
  }),
  clear('no end tag and prose', `${START}\n${READ}\n\nI'm waiting for the results now.`, [READ], {
    repairs: ['missing-end-tag', 'prose-after'],
    strict: 'end tag is missing',
  }),
  clear(
    'no end tag and invented results',
    `${START}\n${READ}\n<tool-results>\nreturned: "x"\n</tool-results>\nDone.`,
    [READ],
    { repairs: ['missing-end-tag'], strict: 'end tag is missing' },
  ),
  clear(
    'an end tag and invented results',
    `${block(READ)}\n<tool-results>\nreturned: "x"\n</tool-results>\nDone.`,
    [READ],
    { strict: [READ] },
  ),
  clear('a start tag for the end tag', `${START}\n${READ}\n${START}`, [READ], {
    repairs: ['missing-end-tag'],
    strict: 'end tag is missing',
  }),
  clear('a backslash for the slash', `${START}\n${READ}\n<\\tool-calls>`, [READ], {
    repairs: ['tag-spelling'],
    strict: 'end tag is missing',
  }),
  clear('an escaped slash', `${START}\n${READ}\n<\\/tool-calls>`, [READ], {
    repairs: ['tag-spelling'],
    strict: 'end tag is missing',
  }),
  clear('a slash at the wrong side', `${START}\n${READ}\n<tool-calls/>`, [READ], {
    repairs: ['tag-spelling'],
    strict: 'end tag is missing',
  }),
  clear('an end tag twice', `${block(READ)}\n${END}`, [READ], { repairs: ['doubled-tag'], strict: 'more than one' }),
  clear('tags twice', `${START}\n${START}\n${READ}\n${END}\n${END}`, [READ], {
    repairs: ['doubled-tag'],
    strict: 'more than one',
  }),
  clear('a start tag twice', `${START}\n${START}\n${READ}\n${END}`, [READ], {
    repairs: ['doubled-tag'],
    strict: [`${START}\n${READ}`],
  }),
  clear('a trailing start tag', `${block(READ)}\n${START}`, [READ], { strict: 'more than one' }),
  unclear('only an end tag', `${READ}\n${END}`, [], { strict: 'start tag' }),
  unclear('only a start tag', START, [], { strict: 'end tag is missing' }),
]

const SPELLINGS: MalformedReply[] = [
  ...[
    'tool_calls',
    'toolcalls',
    'tool-call',
    'tool_call',
    'toolCalls',
    'ToolCalls',
    'Tool-Calls',
    'TOOL-CALLS',
    'tool calls',
    'tools-calls',
    'tool-calling',
  ].map(name => clear(`<${name}>`, `<${name}>\n${READ}\n</${name}>`, [READ], { repairs: ['tag-spelling'] })),
  clear('different spellings', `${START}\n${READ}\n</tool_calls>`, [READ], {
    repairs: ['tag-spelling'],
    strict: 'end tag is missing',
  }),
  clear('different spellings, the start tag wrong', `<tool_calls>\n${READ}\n${END}`, [READ], {
    repairs: ['tag-spelling'],
    strict: 'start tag',
  }),
  clear('blanks in the tags', `< tool-calls >\n${READ}\n</ tool-calls >`, [READ], { repairs: ['tag-spelling'] }),
  clear('an attribute', `<tool-calls lang="ts">\n${READ}\n${END}`, [READ], {
    repairs: ['tag-spelling'],
    strict: 'start tag',
  }),
  clear('attributes', `<tool-calls language='typescript' id="1">\n${LIST}\n${END}`, [LIST], {
    repairs: ['tag-spelling'],
    strict: 'start tag',
  }),
  clear('square brackets', `[tool-calls]\n${READ}\n[/tool-calls]`, [READ], { repairs: ['tag-spelling'] }),
  clear('bars', `<|tool-calls|>\n${READ}\n<|/tool-calls|>`, [READ], { repairs: ['tag-spelling'] }),
  clear('bold tags', `**${START}**\n${READ}\n**${END}**`, [READ], {
    repairs: ['tag-spelling'],
    strict: 'does not begin a line',
  }),
  clear('tags in backticks around a program', `\`${START}\`\n${READ}\n\`${END}\``, [READ], {
    repairs: ['tag-spelling'],
    strict: 'does not begin a line',
  }),
  clear('escaped hyphens', `<tool\\-calls>\n${READ}\n</tool\\-calls>`, [READ], { repairs: ['tag-spelling'] }),
]

const MENTIONS: MalformedReply[] = [
  clear('the tag mentioned in backticks', `I use the \`${START}\` block now.\n${block(READ)}`, [READ], {
    strict: [READ],
  }),
  clear('the tag mentioned without them', `The ${START} block follows.\n${block(READ)}`, [READ], { strict: [READ] }),
  clear('both tags mentioned', `Between \`${START}\` and \`${END}\`:\n${block(LIST)}`, [LIST], { strict: [LIST] }),
  clear('the tags mentioned after the block', `${block(READ)}\nI closed it with \`${END}\`.`, [READ], {
    strict: [READ],
  }),
  clear(
    'the tags mentioned after the block without backticks',
    `${block(READ)}\nI closed the block with ${END} as asked.`,
    [READ],
    { strict: [READ] },
  ),
  clear('the tag quoted', `The "${START}" tag begins it.\n${block(READ)}`, [READ], { strict: [READ] }),
  clear('only a mention', `I will answer with \`${START}\` from now on.`, [], { strict: 'does not begin a line' }),
  clear('only mentions', `Programs stand between \`${START}\` and \`${END}\`.`, [], {
    strict: 'does not begin a line',
  }),
  clear('a mention at a line start', `\`${START}\` is the tag I have to use.`, [], { strict: 'does not begin a line' }),
  clear('thoughts with tags', `<think>maybe ${START}x${END}?</think>\n${block(READ)}`, [READ], { strict: [READ] }),
  clear('thinking with a whole block', `<thinking>\n${block(LIST)}\nno, better:\n</thinking>\n${block(READ)}`, [READ], {
    strict: 'more than one',
  }),
  clear('thoughts only', `<think>I could write ${START} here</think>The work is done.`, [], {
    strict: 'does not begin a line',
  }),
  clear('thoughts that do not end', `<think>\nI have to read the file.\n${block(READ)}`, [READ], { strict: [READ] }),
  clear('thoughts that only end', `I have to read the file.\n</think>\n${block(READ)}`, [READ], { strict: [READ] }),
  clear('thoughts around', `<thinking>I read it.</thinking>\n${block(READ)}\n<thinking>Now wait.</thinking>`, [READ], {
    strict: [READ],
  }),
  clear('reasoning around', `<reasoning>${START} it is</reasoning>\n${block(READ)}`, [READ], { strict: [READ] }),
]

const IN_PROGRAM = (program: string): string => `Look:\n${block(program)}\nWe will see.`
const TAGS_IN_PROGRAMS: MalformedReply[] = (
  [
    ['the end tag in a string', `return "${END}"`],
    ['the end tag in a line comment', `// closes with ${END}\nreturn 1`],
    ['both tags in a string', `const tags = "${START}${END}"; return tags`],
    ['a whole block in a string', `return await tools.writeFile({ path: "a", text: "${START}\\nreturn 1\\n${END}" })`],
    ['the end tag in a regular expression', 'return /<\\/tool-calls>/.test("a")'],
    ['the start tag in a string', `const tag = "${START}"\nreturn tag`],
    ['a mention in a comment', `// between \`${START}\` and \`${END}\`\nreturn 1`],
  ] as const
).map(([id, program]) => clear(id, IN_PROGRAM(program), [program], { strict: [program] }))

const ALONE_IN_PROGRAMS: MalformedReply[] = [
  clear('the end tag alone in a template', IN_PROGRAM(`return \`\n${END}\n\``), [`return \`\n${END}\n\``], {
    strict: 'more than one',
  }),
  clear('the end tag alone in a comment', IN_PROGRAM(`/*\n${END}\n*/\nreturn 1`), [`/*\n${END}\n*/\nreturn 1`], {
    strict: 'more than one',
  }),
  clear(
    'a block alone in a template',
    IN_PROGRAM(`const text = \`\n${block('return 1')}\n\`\nreturn text`),
    [`const text = \`\n${block('return 1')}\n\`\nreturn text`],
    { strict: 'more than one' },
  ),
  clear('a tag in a string and no end tag', `${START}\nreturn "${END}" + 1`, [`return "${END}" + 1`], {
    repairs: ['missing-end-tag'],
    strict: ['return "'],
  }),
]

const SEVERAL: MalformedReply[] = [
  clear('two blocks', `${block(READ)}\nthen\n${block(LIST)}`, [READ, LIST], {
    repairs: ['several-blocks'],
    strict: 'more than one',
  }),
  clear('two blocks without prose between', `${block(READ)}\n${block(LIST)}`, [READ, LIST], {
    repairs: ['several-blocks'],
    strict: 'more than one',
  }),
  clear('three blocks', [READ, LIST, TYPED].map(block).join('\n\n'), [READ, LIST, TYPED], {
    repairs: ['several-blocks'],
    strict: 'more than one',
  }),
  clear('a block twice', `${block(READ)}\n${block(READ)}`, [READ], {
    repairs: ['repeated-block'],
    strict: 'more than one',
  }),
  clear('a first block without its end tag', `${START}\n${READ}\n\n${block(LIST)}`, [`${READ}\n`, LIST], {
    repairs: ['missing-end-tag', 'several-blocks'],
    strict: [`${READ}\n\n${START}\n${LIST}`],
  }),
  clear('a second block without its end tag', `${block(READ)}\n${START}\n${LIST}`, [READ, LIST], {
    repairs: ['missing-end-tag', 'several-blocks'],
    strict: 'more than one',
  }),
  clear('an empty block and a full one', `${START}\n${END}\n${block(READ)}`, [READ], { strict: 'empty' }),
  unclear(
    'two fences inside',
    block(`\`\`\`ts\n${READ}\n\`\`\`\n\`\`\`ts\n${LIST}\n\`\`\``),
    [`${READ}\n\`\`\`\n\`\`\`ts\n${LIST}`],
    { repairs: ['fence-inside'], strict: [`\`\`\`ts\n${READ}\n\`\`\`\n\`\`\`ts\n${LIST}\n\`\`\``] },
  ),
  clear(
    'several fences named after the tag',
    `\`\`\`tool-calls\n${READ}\n\`\`\`\n\`\`\`tool-calls\n${LIST}\n\`\`\``,
    [READ, LIST],
    { repairs: ['fence-for-tag', 'several-blocks'] },
  ),
]

const WRAPPED: MalformedReply[] = [
  clear('an inner code tag', block(`<code>\n${READ}\n</code>`), [READ], {
    repairs: ['wrapper-inside'],
    strict: [`<code>\n${READ}\n</code>`],
  }),
  clear('an inner script tag', block(`<script lang="ts">\n${LIST}\n</script>`), [LIST], {
    repairs: ['wrapper-inside'],
    strict: [`<script lang="ts">\n${LIST}\n</script>`],
  }),
  clear('an inner singular tag', block(`<tool-call>\n${READ}\n</tool-call>`), [READ], {
    repairs: ['doubled-tag', 'tag-spelling'],
    strict: [`<tool-call>\n${READ}\n</tool-call>`],
  }),
  clear('an inner wrapper in a fence', block(`\`\`\`\n<code>\n${READ}\n</code>\n\`\`\``), [READ], {
    repairs: ['fence-inside', 'wrapper-inside'],
    strict: [`\`\`\`\n<code>\n${READ}\n</code>\n\`\`\``],
  }),
  clear('character data', `${START}<![CDATA[\n${ANGLES}\n]]>${END}`, [ANGLES], {
    repairs: ['character-data'],
    strict: [`<![CDATA[\n${ANGLES}\n]]>`],
  }),
  clear('character data on lines of its own', block(`<![CDATA[\n${READ}\n]]>`), [READ], {
    repairs: ['character-data'],
    strict: [`<![CDATA[\n${READ}\n]]>`],
  }),
  clear('JSON with code', block(JSON.stringify({ code: LIST })), [LIST], {
    repairs: ['json-inside'],
    strict: [JSON.stringify({ code: LIST })],
  }),
  clear('JSON with script', block(JSON.stringify({ script: READ }, null, 2)), [READ], {
    repairs: ['json-inside'],
    strict: [JSON.stringify({ script: READ }, null, 2)],
  }),
  clear('JSON in a fence', block(`\`\`\`json\n${JSON.stringify({ code: TYPED })}\n\`\`\``), [TYPED], {
    repairs: ['fence-inside', 'json-inside'],
    strict: [`\`\`\`json\n${JSON.stringify({ code: TYPED })}\n\`\`\``],
  }),
  clear(
    'JSON with line breaks as they are',
    block(`{"code": "${LIST.replaceAll('"', "'")}"}`),
    [LIST.replaceAll('"', "'")],
    { repairs: ['json-inside'], strict: [`{"code": "${LIST.replaceAll('"', "'")}"}`] },
  ),
  clear('JSON with a language', block(JSON.stringify({ language: 'typescript', code: READ })), [READ], {
    repairs: ['json-inside'],
    strict: [JSON.stringify({ language: 'typescript', code: READ })],
  }),
  clear('a JSON string', block(JSON.stringify(LIST)), [LIST], {
    repairs: ['json-inside'],
    strict: [JSON.stringify(LIST)],
  }),
  clear('a language line', block(`typescript\n${READ}`), [READ], {
    repairs: ['language-line'],
    strict: [`typescript\n${READ}`],
  }),
  clear('a short language line', block(`ts\n\n${LIST}`), [LIST], {
    repairs: ['language-line'],
    strict: [`ts\n\n${LIST}`],
  }),
  clear('a doubled pair of other tags', `<function_calls>\n${block(READ)}\n</function_calls>`, [READ], {
    strict: [READ],
  }),
  clear('a quotation', block(LIST).replace(/^/gm, '> '), [LIST], {
    repairs: ['quotation'],
    strict: 'does not begin a line',
  }),
  clear('a quotation inside the tags', `${START}\n${TYPED.replace(/^/gm, '> ')}\n${END}`, [TYPED], {
    repairs: ['quotation'],
    strict: [TYPED.replace(/^/gm, '> ')],
  }),
  clear(
    'line numbers',
    block('1: const a = 1\n2: const b = 2\n3: return a + b'),
    ['const a = 1\nconst b = 2\nreturn a + b'],
    { repairs: ['line-numbers'], strict: ['1: const a = 1\n2: const b = 2\n3: return a + b'] },
  ),
  clear('line numbers with bars', block(' 9 | const a = 1\n10 | return a'), ['const a = 1\nreturn a'], {
    repairs: ['line-numbers'],
    strict: [' 9 | const a = 1\n10 | return a'],
  }),
  clear('indented', block(LIST.replace(/^/gm, '    ')), [LIST.replace(/^/gm, '    ')], {
    strict: [LIST.replace(/^/gm, '    ')],
  }),
  clear('a list item', `1. Read it:\n\n   ${START}\n   ${READ}\n   ${END}`, [`   ${READ}`], {
    strict: 'does not begin a line',
  }),
  clear('a list item on the line of the tag', `- ${START}\n  ${READ}\n  ${END}`, [`  ${READ}`], {
    strict: 'does not begin a line',
  }),
  clear('prose inside before the program', block(`I read the file now:\n\n${READ}`), [READ], {
    repairs: ['prose-inside'],
    strict: [`I read the file now:\n\n${READ}`],
  }),
  clear('prose inside after the program', block(`${READ}\n\nThat's all I need.`), [READ], {
    repairs: ['prose-inside'],
    strict: [`${READ}\n\nThat's all I need.`],
  }),
]

const CHARACTERS: MalformedReply[] = [
  clear('entities in the program', block('return [1].map(x =&gt; x &lt; 2)'), ['return [1].map(x => x < 2)'], {
    repairs: ['entities'],
    strict: ['return [1].map(x =&gt; x &lt; 2)'],
  }),
  clear('entities that are meant', block('return "&lt;b&gt;"'), ['return "&lt;b&gt;"'], {
    strict: ['return "&lt;b&gt;"'],
  }),
  clear('a whole reply in entities', `&lt;tool-calls&gt;\nreturn 1 &lt; 2\n&lt;/tool-calls&gt;`, ['return 1 < 2'], {
    repairs: ['entities'],
  }),
  clear('only the tags in entities', `&lt;tool-calls&gt;\n${READ}\n&lt;/tool-calls&gt;`, [READ], {
    repairs: ['entities'],
  }),
  clear('a misspelt tag in entities', `&lt;tool_calls&gt;\n${READ}\n&lt;/tool_calls&gt;`, [READ], {
    repairs: ['entities', 'tag-spelling'],
  }),
  clear(
    'smart quotes',
    block('return await tools.readFile({ path: “a.txt” })'),
    ['return await tools.readFile({ path: "a.txt" })'],
    { repairs: ['smart-quotes'], strict: ['return await tools.readFile({ path: “a.txt” })'] },
  ),
  clear('smart single quotes', block('return ‘a’'), ["return 'a'"], {
    repairs: ['smart-quotes'],
    strict: ['return ‘a’'],
  }),
  clear('smart quotes that are meant', block('return "“a”"'), ['return "“a”"'], { strict: ['return "“a”"'] }),
  clear('smart quotes around the block', `“${block(READ)}”`, [READ], { strict: 'does not begin a line' }),
  clear('line breaks written out', `${START}\\n${LIST.replaceAll('\n', '\\n')}\\n${END}`, [LIST], {
    repairs: ['written-line-breaks'],
    strict: [`\\n${LIST.replaceAll('\n', '\\n')}\\n`],
  }),
  clear('a no-break space in the code', block(`const a\u00A0= 1\nreturn a`), ['const a\u00A0= 1\nreturn a'], {
    strict: ['const a\u00A0= 1\nreturn a'],
  }),
]

const NOTHING: MalformedReply[] = [
  clear('nothing', '', [], {}),
  clear('prose', 'The file has two lines.', []),
  clear('prose with code', 'I changed `tools.ts` and `await tools.readFile()` stays.', []),
  clear('other tags', '<tools>readFile</tools>', []),
  clear('results echoed', '<tool-results>\nreturned: 1\n</tool-results>\nThe value is 1.', []),
  unclear('an empty block', `${START}\n${END}`, [], { strict: 'empty' }),
  unclear('a blank block', `${START}\n  \n\n${END}`, [], { strict: 'empty' }),
  unclear('an empty block in one line', `${START}${END}`, [], { strict: 'empty' }),
  unclear('an empty fence inside', block('```ts\n```'), [], { strict: ['```ts\n```'] }),
]

export const MALFORMED_REPLIES: readonly MalformedReply[] = [
  ...AS_ASKED,
  ...LINE_ENDS,
  ...FENCES,
  ...END_TAGS,
  ...SPELLINGS,
  ...MENTIONS,
  ...TAGS_IN_PROGRAMS,
  ...ALONE_IN_PROGRAMS,
  ...SEVERAL,
  ...WRAPPED,
  ...CHARACTERS,
  ...NOTHING,
]
