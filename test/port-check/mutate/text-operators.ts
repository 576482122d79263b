import type ts from 'typescript-5.9'
import type { ToolErrorCode } from '../../../src/contracts/tool.ts'
import type { Edit, SourceView } from './operators.ts'

/** Codes of failed calls are ours, not upstream's; no recorded behaviour has them. */
export const OWN_CODES: ReadonlySet<string> = new Set<ToolErrorCode>([
  'invalid-arguments',
  'not-found',
  'failed',
  'timed-out',
  'denied',
  'outside-workspace',
  'unavailable',
])

/** Texts with a letter in the other case, and other strings with a character less. */
export function textEdits(node: ts.Node, { ts, textOf, replace }: SourceView): Edit[] {
  const isText =
    ts.isStringLiteral(node) ||
    ts.isNoSubstitutionTemplateLiteral(node) ||
    ts.isTemplateHead(node) ||
    ts.isTemplateMiddle(node) ||
    ts.isTemplateTail(node)
  if (!isText || isName(node, ts) || OWN_CODES.has(node.text)) return []
  const written = textOf(node)
  const isMessage = /[a-z] |^ .*[a-z]/.test(node.text)
  const idea = isMessage ? `a case that shows the text ${written}` : `a case that depends on ${written}`
  const operator = isMessage ? 'text' : 'string'
  const replacement = isMessage ? withOtherCase(written) : withoutLast(written)
  return [{ operator, ...replace(node, replacement), idea }]
}

/** A property's name, or `in` a template without any text. */
function isName(node: ts.Node, typescript: SourceView['ts']): boolean {
  const { parent } = node
  return (typescript.isPropertyAssignment(parent) && parent.name === node) || /^[`}](?:`|\$\{)$/.test(node.getText())
}

/** The first letter without a backslash before it, in the other case. */
function withOtherCase(written: string): string {
  return written.replace(/(?<!\\)[a-z](?=[a-z])/i, letter =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
  )
}

/** A character less before whatever closes it; one in an empty text. */
function withoutLast(written: string): string {
  const [, opening = '', text = '', closing = ''] = /^(['"`}])(.*?)(['"`]|\$\{)$/s.exec(written) ?? []
  const characters = text.match(/\\u\{[^}]*\}|\\u.{4}|\\x..|\\.|./gsu) ?? []
  return `${opening}${text === '' ? '~' : characters.slice(0, -1).join('')}${closing}`
}
