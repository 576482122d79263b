import type ts from 'typescript-5.9'
import type { TypeScript } from './virtual-host.ts'

const LENGTH_MAX = 400
const TYPE_LENGTH_MAX = 120
const FORGOT_AWAIT = 2773
/** How to silence an assertion's error does not help a reader who did not write one. */
const ADVICE = / If this was intentional, convert the expression to 'unknown' first\.$/

/** What TypeScript would spell out as a long type, by the name it has in programs. */
export interface NamedType {
  name: string
  text: string
  members: string[]
}

/** The types of `tools`, `context` and whatever else the declarations declare. */
export function namedTypes(typescript: TypeScript, checker: ts.TypeChecker, declarations: ts.SourceFile): NamedType[] {
  const variables = declarations.statements.filter(typescript.isVariableStatement)
  return variables
    .flatMap(({ declarationList }) => declarationList.declarations)
    .map(({ name }) => {
      const type = checker.getTypeAtLocation(name)
      const members = type.getProperties().map(property => property.name)
      return { name: name.getText(), text: checker.typeToString(type), members }
    })
}

/** What TypeScript says, in one line: the head of its chain, the deepest reason, and whether an `await` was forgotten. */
export function problemText(
  typescript: TypeScript,
  { messageText, relatedInformation = [] }: ts.DiagnosticWithLocation,
  names: readonly NamedType[],
): string {
  const head = typeof messageText === 'string' ? messageText : messageText.messageText
  const reason = typeof messageText === 'string' ? head : deepest(messageText)
  const hints = relatedInformation
    .filter(({ code }) => code === FORGOT_AWAIT)
    .map(hint => typescript.flattenDiagnosticMessageText(hint.messageText, ' '))
  const said = [...new Set([head, reason, ...hints])].map(text => text.replace(ADVICE, ''))
  return said.map(text => shorten(withNames(text, names))).join(' ')
}

function deepest({ messageText, next }: ts.DiagnosticMessageChain): string {
  return next?.[0] === undefined ? messageText : deepest(next[0])
}

function withNames(text: string, names: readonly NamedType[]): string {
  const named = names.find(each => text.includes(`'${each.text}'`))
  if (named === undefined) return text
  const shown = text.replace(`'${named.text}'`, () => `'typeof ${named.name}'`)
  const isAboutMember = shown.startsWith('Property ') && !shown.includes('Did you mean')
  return isAboutMember ? `${shown} It has ${named.members.slice(0, 20).join(', ')}.` : shown
}

function shorten(text: string): string {
  const types = text.replace(/'([^']+)'/g, (quoted, type: string) =>
    type.length <= TYPE_LENGTH_MAX ? quoted : `'${type.slice(0, TYPE_LENGTH_MAX - 1)}…'`,
  )
  return types.length <= LENGTH_MAX ? types : `${types.slice(0, LENGTH_MAX - 1)}…`
}
