import fc from 'fast-check'
import { CORPUS } from './corpus.ts'

const FRAGMENT_LENGTH_MAX = 600

const FRAGMENTS = CORPUS.map(script => script.source).filter(source => source.length <= FRAGMENT_LENGTH_MAX)

/** Places in which a fragment may stand; where `await` means nothing it is left out. */
const PLACES: ((fragment: string) => string)[] = [
  inner => `try {\n${inner}\n} catch (e) { console.log(e) }`,
  inner => `try {\n${inner}\n} finally { console.log(1) }`,
  inner => `await (async () => {\n${inner}\n})()`,
  inner => `void (async () => {\n${inner}\n})().catch(() => {})`,
  inner => `for (let i = 0; i < 3; i++) {\n${inner}\n}`,
  inner => `for await (const x of [tools.echo({}), 1]) {\n${inner}\n}`,
  inner => `await tools.echo({ toJSON() {\n${plain(inner)}\n} } as any)`,
  inner => `await tools.echo(new Proxy({ a: 1 }, { get() {\n${plain(inner)}\n} }) as any)`,
  inner => `console.log(new Proxy({}, { ownKeys() {\n${plain(inner)}\n} }))`,
  inner => `setTimeout(() => {\n${plain(inner)}\n}, 0); await new Promise(r => setTimeout(r, 2))`,
  inner => `queueMicrotask(() => {\n${plain(inner)}\n})`,
  inner => `;[3, 1, 2].sort(() => {\n${plain(inner)}\n})`,
  inner => `;'aba'.replace(/a/g, () => {\n${plain(inner)}\n})`,
  inner => `;[...(function* (): any { yield 1\n${plain(inner)}\n})()]`,
  inner => `class A { static {\n${plain(inner).replace(/\breturn\b/g, 'void')}\n} }`,
  inner => `({ get a() {\n${plain(inner)}\n} }).a`,
  inner => `(0, eval)(${JSON.stringify(`(() => {${plain(inner)}\n})()`)})`,
  inner => `await { then(f: any) {\n${plain(inner)}\nf(1) } }`,
  inner => `Promise.reject(1).finally(() => {\n${plain(inner)}\n}).catch(() => {})`,
  inner => `throw { toString() {\n${plain(inner)}\n} }`,
  inner => `return { toJSON() {\n${plain(inner)}\n} }`,
]

function plain(fragment: string): string {
  return fragment.replace(/\bfor await\b/g, 'for').replace(/\bawait\b/g, ' ')
}

const WORDS = [
  ...['tools', 'context', 'console', 'Promise', 'Object', 'Array', 'globalThis', 'JSON', 'Reflect', 'Proxy', 'Symbol'],
  ...['await', 'async', 'yield', 'return', 'throw', 'new', 'delete', 'typeof', 'this', 'super', 'import', 'eval'],
  ...[
    '=>',
    '...',
    '?.',
    '??=',
    '**',
    '`',
    '${',
    '}',
    '{',
    '(',
    ')',
    '[',
    ']',
    ';',
    ',',
    ':',
    '<',
    '>',
    '/',
    '//',
    '/*',
  ],
  ...['1e9', '-0', 'NaN', '2**53', '1n', '""', '"\\ud800"', 'null', 'undefined', '__proto__', 'constructor', 'then'],
  ...['\u2028', '\u200d', '\\u0061', '<!--', '-->', '#a', '@a', '!', 'as any', 'satisfies X', '<T>', 'enum A { B }'],
]

interface Mutation {
  at: number
  kind: 'delete' | 'insert' | 'replace' | 'repeat' | 'swap'
  word: string
}

const mutation = fc.record<Mutation>({
  at: fc.nat(),
  kind: fc.constantFrom('delete', 'insert', 'replace', 'repeat', 'swap'),
  word: fc.oneof(fc.constantFrom(...WORDS), fc.string({ maxLength: 4, unit: 'binary' })),
})

function mutate(source: string, mutations: readonly Mutation[]): string {
  const tokens = source.split(/(\s+|\b)/)
  for (const { at, kind, word } of mutations) {
    const index = at % (tokens.length + 1)
    const token = tokens[index] ?? ''
    if (kind === 'delete') tokens.splice(index, 1)
    else if (kind === 'insert') tokens.splice(index, 0, word)
    else if (kind === 'replace') tokens[index] = word
    else if (kind === 'repeat') tokens.splice(index, 0, ...Array.from({ length: at % 50 }, () => token))
    else tokens.splice(index, 2, tokens[index + 1] ?? '', token)
  }
  return tokens.join('')
}

const fragment = fc.constantFrom(...FRAGMENTS)
const placed = fc
  .tuple(fragment, fc.array(fc.constantFrom(...PLACES), { maxLength: 3 }))
  .map(([inner, places]) => places.reduce((text, place) => place(text), inner))
const program = fc.array(placed, { minLength: 1, maxLength: 3 }).map(parts => parts.join('\n'))

/** Programs of the corpus' ideas, put into each other, one after the other, and with their text changed. */
export const hostileProgram: fc.Arbitrary<string> = fc.oneof(
  { arbitrary: program, weight: 3 },
  {
    arbitrary: fc
      .tuple(program, fc.array(mutation, { minLength: 1, maxLength: 6 }))
      .map(([text, how]) => mutate(text, how)),
    weight: 2,
  },
)
