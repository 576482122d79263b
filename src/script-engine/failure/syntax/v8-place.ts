import type { AnyNode, CallExpression, MemberExpression } from 'acorn'
import { firstTokenAfter, isName, type ScriptToken } from './script-tokens.ts'

type Tokens = readonly ScriptToken[]

/** The first token at or behind an offset: brackets, dots and operators have no node of their own. */
export const startAfter = (tokens: Tokens, offset: number) => tokens[firstTokenAfter(tokens, offset)]?.start ?? offset

/** The start of the dot, `?.` or bracket with which a member follows its object. */
export const linkOf = (tokens: Tokens, { object }: MemberExpression) => startAfter(tokens, object.end)

/** The start of a call's parenthesis, or of the `?.` before it. */
export const parenthesisOf = (tokens: Tokens, { callee }: CallExpression) => startAfter(tokens, callee.end)

/** V8 reads a chain in two ways: with names as places, until its first call or `?.`, and then with dots. */
function hasCallOrOptional(node: AnyNode): boolean {
  if (node.type === 'CallExpression') return true
  return node.type === 'MemberExpression' && (node.optional || hasCallOrOptional(node.object))
}

/** Where V8 places a call: at a name right before its parenthesis, or at the parenthesis. */
export function callPlace(tokens: Tokens, node: CallExpression): number {
  const index = firstTokenAfter(tokens, node.callee.end)
  if (node.optional) return tokens[index + 1]?.start ?? node.start
  const before = tokens[index - 1]
  return (isName(before) || before?.text === 'super' ? before?.start : tokens[index]?.start) ?? node.start
}

/** Where V8 places the reading of a member: at its name, its bracket, or its dot. */
export function memberPlace(tokens: Tokens, node: MemberExpression): number {
  const link = linkOf(tokens, node)
  return node.computed || node.optional || hasCallOrOptional(node.object) ? link : node.property.start
}

/** Where V8 places the value of an expression. */
export function expressionPlace(tokens: Tokens, node: AnyNode): number {
  switch (node.type) {
    case 'ParenthesizedExpression':
    case 'ChainExpression':
      return expressionPlace(tokens, node.expression)
    case 'MemberExpression':
      return memberPlace(tokens, node)
    case 'CallExpression':
      return callPlace(tokens, node)
    case 'BinaryExpression':
    case 'LogicalExpression':
      return startAfter(tokens, node.left.end)
    default:
      return node.start
  }
}
