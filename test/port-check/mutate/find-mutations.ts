import type ts from 'typescript-5.9'
import type { TypeScript } from './load-typescript.ts'
import type { Mutation } from './mutation.ts'
import { type Edit, editsAt, type SourceView } from './operators.ts'
import { OWN_CODES } from './text-operators.ts'

/** What describes a tool to models and people, and how the toolbox treats it: not a port's behaviour. */
const NOT_BEHAVIOUR = /^(?:description|detail|name|effect|concurrencyMax|output|meta|DESCRIPTION)$/

/** All points of a source at which a small change changes what it does. The same source has the same points in the same order. */
export function findMutations(typescript: TypeScript, { file, source }: { file: string; source: string }): Mutation[] {
  const tree = typescript.createSourceFile(file, source, typescript.ScriptTarget.Latest, true)
  const textOf = (node: ts.Node) => node.getText(tree)
  const view: SourceView = {
    ts: typescript,
    textOf,
    replace: (node, replacement) => ({ start: node.getStart(tree), end: node.getEnd(), replacement }),
  }
  const found: Mutation[] = []
  const visit = (node: ts.Node, within: string): void => {
    if (isPassedOver(node, view)) return
    for (const edit of editsAt(node, view)) found.push(mutationOf(edit, { file, source, tree, within }))
    const inner = nameOfFunction(node, typescript) ?? within
    typescript.forEachChild(node, child => visit(child, inner))
  }
  visit(tree, '')
  return found
}

interface Place {
  file: string
  source: string
  tree: ts.SourceFile
  within: string
}

function mutationOf(edit: Edit, { file, source, tree, within }: Place): Mutation {
  const { line, character } = tree.getLineAndCharacterOfPosition(edit.start)
  const lineStart = source.lastIndexOf('\n', edit.start - 1) + 1
  const nextLine = source.indexOf('\n', edit.end)
  const lineEnd = nextLine === -1 ? source.length : nextLine
  const before = source.slice(lineStart, lineEnd)
  const after = source.slice(lineStart, edit.start) + edit.replacement + source.slice(edit.end, lineEnd)
  const id = `${file}:${line + 1}:${character + 1} ${edit.operator} →${edit.replacement.replace(/\s+/g, ' ')}`
  return { id, file, line: line + 1, within, before, after, ...edit }
}

/** Types, imports, and what is said about a tool. */
function isPassedOver(node: ts.Node, { ts, textOf }: SourceView): boolean {
  if (ts.isTypeNode(node) || ts.isTypeAliasDeclaration(node) || ts.isInterfaceDeclaration(node)) return true
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return true
  if (ts.isPropertyAssignment(node) || ts.isVariableDeclaration(node)) return NOT_BEHAVIOUR.test(textOf(node.name))
  if (ts.isConditionalExpression(node) && [node.whenTrue, node.whenFalse].every(one => isOwnCode(one, ts))) return true
  // The texts of a schema and its reader's own words.
  const { parent } = node
  const isArgument = parent && ts.isCallExpression(parent) && parent.expression !== node
  return isArgument && /\.(?:describe|meta|refine)$/.test(textOf(parent.expression)) && !ts.isArrowFunction(node)
}

function isOwnCode(node: ts.Node, { isStringLiteral }: TypeScript): boolean {
  return isStringLiteral(node) && OWN_CODES.has(node.text)
}

function nameOfFunction(node: ts.Node, typescript: TypeScript): string | undefined {
  if (typescript.isFunctionDeclaration(node) || typescript.isMethodDeclaration(node)) return node.name?.getText()
  if (!typescript.isVariableDeclaration(node) && !typescript.isPropertyAssignment(node)) return undefined
  return node.initializer && typescript.isArrowFunction(node.initializer) ? node.name.getText() : undefined
}
