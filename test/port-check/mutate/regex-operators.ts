import type ts from 'typescript-5.9'
import type { Edit, SourceView } from './operators.ts'

/** What is sought, outside of escapes, and what it becomes. */
const CHANGES: readonly (readonly [what: string, from: RegExp, to: string])[] = [
  ['an anchor', /^\^/, ''],
  ['an anchor', /\$(?=$|\))/, ''],
  ['a class', /(?<!\\)\[\^/, '['],
  ['a class', /(?<!\\)\[(?!\^)/, '[^'],
  ['a class', /(?<!\\)\\s/, '\\S'],
  ['a class', /(?<!\\)\\d/, '\\D'],
  ['a repetition', /(?<![\\([|^])\+/, ''],
  ['a repetition', /(?<![\\([|^])\*/, ''],
]

/** Regular expressions with something changed in them, or a flag less. */
export function regexEdits(node: ts.Node, { ts, textOf, replace }: SourceView): Edit[] {
  if (!ts.isRegularExpressionLiteral(node)) return []
  const [, source = '', flags = ''] = /^\/(.*)\/([a-z]*)$/s.exec(textOf(node)) ?? []
  const idea = (what: string) => `a case that needs ${what} of \`${textOf(node)}\``
  const changed = CHANGES.map(([what, from, to]) => ({ what, written: `/${source.replace(from, to)}/${flags}` }))
  const flagless = [...flags].map(flag => ({
    what: `the flag ${flag}`,
    written: `/${source}/${flags.replace(flag, '')}`,
  }))
  return [...changed, ...flagless]
    .filter(({ written }) => written !== textOf(node) && isRegex(written))
    .map(({ what, written }) => ({ operator: 'regex', ...replace(node, written), idea: idea(what) }))
}

function isRegex(written: string): boolean {
  const [, source = '', flags = ''] = /^\/(.*)\/([a-z]*)$/s.exec(written) ?? []
  try {
    new RegExp(source, flags)
    return source !== ''
  } catch {
    return false
  }
}
