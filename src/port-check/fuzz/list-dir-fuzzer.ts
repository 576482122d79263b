import type { JsonObject } from '../../contracts/json.ts'
import type { Fuzzer } from './fuzzer.ts'

/** Names that are in another order as bytes, as UTF-16, as paths or to a reader of the language. */
const NAMES = [
  'a',
  'b',
  'A',
  'a-b',
  'a b',
  'a.b',
  'a\\b',
  '.a',
  'é',
  'e\u0301',
  '～',
  '🙂',
  'ab',
  '10',
  '2',
  'z\n',
  '_',
  '~',
]

/** Trees over which depths and pages are tried. */
export const listDirFuzzer: Fuzzer = {
  kind: 'listDir',
  cases(fc) {
    const name = fc.constantFrom(...NAMES, 'n'.repeat(250), '日'.repeat(80))
    const path = fc.array(name, { minLength: 1, maxLength: 4 }).map(parts => parts.join('/'))
    const entry = fc.oneof(
      { weight: 8, arbitrary: fc.constant<JsonObject>({ f: '' }) },
      { weight: 2, arbitrary: fc.constant<JsonObject>({ d: 1 }) },
      { weight: 2, arbitrary: fc.constantFrom('a', 'nowhere', '.').map((l): JsonObject => ({ l })) },
    )
    const paths = fc.array(fc.tuple(path, entry), { maxLength: 12, size: 'max' })
    const number = fc.oneof(
      { weight: 10, arbitrary: fc.integer({ min: 1, max: 14 }) },
      { weight: 1, arbitrary: fc.nat(3) },
    )
    const dir = fc.oneof(
      { weight: 12, arbitrary: fc.constant('{{CWD}}') },
      { weight: 2, arbitrary: fc.constantFrom('{{CWD}}/a', '{{CWD}}/.', '{{CWD}}/none', '{{CWD}}/a/', '.', '') },
    )
    const args = fc.record(
      { dir_path: dir, offset: number, limit: number, depth: number },
      { requiredKeys: ['dir_path'] },
    )
    return fc.record({ paths, args }).map(({ paths: given, args: asked }) => ({
      line: { args: asked as JsonObject, tags: ['fuzz'] },
      tree: { tree: possibleTree(given) },
    }))
  },
}

/** Without what lies below a file or a link, and without what is in the place of a folder. */
function possibleTree(entries: readonly (readonly [string, JsonObject])[]): JsonObject {
  const tree = new Map<string, JsonObject>()
  for (const [path, entry] of entries) {
    const parts = path.split('/')
    const parents = parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'))
    const isBelowFile = parents.some(parent => tree.has(parent))
    const isAbove = [...tree.keys()].some(other => other === path || other.startsWith(`${path}/`))
    if (!isBelowFile && !isAbove) tree.set(path, entry)
  }
  return Object.fromEntries(tree)
}
