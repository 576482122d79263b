import type ts from 'typescript-5.9'
import { callEdits } from './call-operators.ts'
import type { TypeScript } from './load-typescript.ts'
import { regexEdits } from './regex-operators.ts'
import { textEdits } from './text-operators.ts'

/** A change at a node, as found by one operator. */
export interface Edit {
  operator: string
  start: number
  end: number
  replacement: string
  idea: string
}

/** What operators look at a node with. */
export interface SourceView {
  ts: TypeScript
  /** The text of a node in the source. */
  textOf(node: ts.Node): string
  /** An edit that replaces a whole node. */
  replace(node: ts.Node, replacement: string): Pick<Edit, 'start' | 'end' | 'replacement'>
}

/** All changes that can be made at one node itself, not at those inside of it. */
export function editsAt(node: ts.Node, view: SourceView): Edit[] {
  return [
    ...binaryEdits(node, view),
    ...conditionEdits(node, view),
    ...numberEdits(node, view),
    ...statementEdits(node, view),
    ...callEdits(node, view),
    ...textEdits(node, view),
    ...regexEdits(node, view),
  ]
}

const SWAPS: Readonly<Record<string, readonly [operator: string, to: string]>> = {
  '<': ['relational', '<='],
  '<=': ['relational', '<'],
  '>': ['relational', '>='],
  '>=': ['relational', '>'],
  '===': ['equality', '!=='],
  '!==': ['equality', '==='],
  '&&': ['logical', '||'],
  '||': ['logical', '&&'],
  '??': ['logical', '&&'],
  '-': ['arithmetic', '+'],
  '*': ['arithmetic', '/'],
  '+=': ['arithmetic', '-='],
  '-=': ['arithmetic', '+='],
}

const IDEAS: Readonly<Record<string, (code: string) => string>> = {
  relational: code => `a case where both sides of \`${code}\` are equal`,
  equality: code => `a case where \`${code}\` decides what happens`,
  logical: code => `a case where only one side of \`${code}\` holds`,
  arithmetic: code => `a case where the value of \`${code}\` shows`,
}

function binaryEdits(node: ts.Node, { ts, textOf, replace }: SourceView): Edit[] {
  if (!ts.isBinaryExpression(node)) return []
  const swap = SWAPS[textOf(node.operatorToken)]
  const isSum = textOf(node.operatorToken) === '+' && [node.left, node.right].some(ts.isNumericLiteral)
  const [operator, to] = isSum ? ['arithmetic', '-'] : (swap ?? [])
  if (operator === undefined || to === undefined) return []
  return [{ operator, ...replace(node.operatorToken, to), idea: IDEAS[operator]?.(textOf(node)) ?? '' }]
}

/** `!x` → `x`; any other condition is negated; a truth value is the other one. */
function conditionEdits(node: ts.Node, { ts, textOf, replace }: SourceView): Edit[] {
  const idea = (code: string) => `a case where \`${code}\` decides what happens`
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken) {
    return [{ operator: 'negation', ...replace(node, textOf(node.operand)), idea: idea(textOf(node)) }]
  }
  if (node.kind === ts.SyntaxKind.TrueKeyword || node.kind === ts.SyntaxKind.FalseKeyword) {
    const isTrue = node.kind === ts.SyntaxKind.TrueKeyword
    return [{ operator: 'boolean', ...replace(node, String(!isTrue)), idea: idea(textOf(node.parent)) }]
  }
  const condition = ts.isIfStatement(node)
    ? node.expression
    : ts.isConditionalExpression(node)
      ? node.condition
      : undefined
  if (condition === undefined || hasOperatorOfItsOwn(condition, ts)) return []
  return [{ operator: 'condition', ...replace(condition, `!(${textOf(condition)})`), idea: idea(textOf(condition)) }]
}

/** Other operators negate it. */
function hasOperatorOfItsOwn(condition: ts.Expression, typescript: SourceView['ts']): boolean {
  if (typescript.isPrefixUnaryExpression(condition)) return true
  return typescript.isBinaryExpression(condition) && /^[!=]==$/.test(condition.operatorToken.getText())
}

function numberEdits(node: ts.Node, { ts, textOf, replace }: SourceView): Edit[] {
  if (!ts.isNumericLiteral(node)) return []
  const idea = `a case on the border that \`${textOf(node)}\` draws in \`${textOf(node.parent)}\``
  return ['+', '-'].map(sign => ({ operator: 'number', ...replace(node, `(${textOf(node)} ${sign} 1)`), idea }))
}

/** Statements that do something, and guards that leave early, are left out. */
function statementEdits(node: ts.Node, { ts, textOf, replace }: SourceView): Edit[] {
  if (ts.isExpressionStatement(node) && !ts.isSourceFile(node.parent)) {
    return [{ operator: 'statement', ...replace(node, ';'), idea: `a case that needs \`${textOf(node)}\`` }]
  }
  if (!ts.isIfStatement(node) || node.elseStatement !== undefined || !ts.isBlock(node.parent)) return []
  const { thenStatement: then } = node
  const leaves =
    ts.isReturnStatement(then) || ts.isThrowStatement(then) || ts.isContinueStatement(then) || ts.isBreakStatement(then)
  if (!leaves) return []
  return [{ operator: 'guard', ...replace(node, ';'), idea: `a case that \`${textOf(node)}\` is there for` }]
}
