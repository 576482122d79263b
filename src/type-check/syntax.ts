import type ts from 'typescript-5.9'
import type { ToolOrigin } from './tool-origin.ts'
import type { TypeScript } from './virtual-host.ts'

/** The smallest node that contains a range of the source. */
export function innermostAt(typescript: TypeScript, file: ts.SourceFile, start: number, length: number): ts.Node {
  let found: ts.Node = file
  for (let next: ts.Node | undefined = file; next !== undefined; ) {
    found = next
    next = typescript.forEachChild(next, child =>
      child.getStart(file) <= start && child.end >= start + length ? child : undefined,
    )
  }
  return found
}

export interface Receiver {
  name: string
  /** Where the type of the object is. */
  node: ts.Node
  /** The object itself; absent for the pattern of a parameter. */
  value: ts.Expression | undefined
  /** The reading of the property as an expression; absent for a pattern. */
  access: ts.Expression | undefined
}

/** The object one of whose properties is named here. */
export function receiverOf(typescript: TypeScript, node: ts.Node): Receiver | undefined {
  const { parent } = node
  if (typescript.isPropertyAccessExpression(parent) && parent.name === node)
    return { name: parent.name.text, node: parent.expression, value: parent.expression, access: parent }
  const element = typescript.isElementAccessExpression(node) ? node : parent
  if (typescript.isElementAccessExpression(element) && typescript.isStringLiteralLike(element.argumentExpression)) {
    const { argumentExpression, expression } = element
    return { name: argumentExpression.text, node: expression, value: expression, access: element }
  }
  if (!typescript.isBindingElement(parent) || !typescript.isIdentifier(node)) return undefined
  const pattern = parent.parent
  const owner = pattern.parent
  const value = typescript.isVariableDeclaration(owner) ? owner.initializer : undefined
  return { name: node.text, node: pattern, value, access: undefined }
}

export interface Placement {
  value: ts.Node
  source: ts.Type
  target: ts.Type
}

/** The value that TypeScript finds not to fit, and what is wanted in its place. */
export function placementOf(typescript: TypeScript, checker: ts.TypeChecker, node: ts.Node): Placement | undefined {
  const { parent } = node
  const placed = (value: ts.Expression | undefined, target: ts.Type | undefined): Placement | undefined =>
    value && target && { value, source: checker.getTypeAtLocation(value), target }
  if (typescript.isPropertyAssignment(parent) && parent.name === node)
    return placed(parent.initializer, checker.getContextualType(parent.initializer))
  if (typescript.isShorthandPropertyAssignment(parent)) {
    const symbol = checker.getShorthandAssignmentValueSymbol(parent)
    const wanted = checker.getContextualType(parent.parent)?.getProperty(parent.name.text)
    return (
      symbol &&
      wanted && { value: node, source: checker.getTypeOfSymbol(symbol), target: checker.getTypeOfSymbol(wanted) }
    )
  }
  if (typescript.isVariableDeclaration(parent) && parent.name === node)
    return placed(parent.initializer, checker.getTypeAtLocation(node))
  if (typescript.isBinaryExpression(parent) && parent.left === node)
    return placed(parent.right, checker.getTypeAtLocation(node))
  if (typescript.isAsExpression(node)) return placed(node.expression, checker.getTypeAtLocation(node))
  const value = typescript.isReturnStatement(node) ? node.expression : node
  return value && typescript.isExpression(value) ? placed(value, checker.getContextualType(value)) : undefined
}

/** The call of a tool that has a node in its arguments, with nothing in between but the literals it is part of. */
export function toolCallAround(
  typescript: TypeScript,
  origin: ToolOrigin,
  node: ts.Node,
): ts.CallExpression | undefined {
  let at = node
  for (let { parent } = at; parent !== undefined; at = parent, parent = at.parent) {
    if (typescript.isCallExpression(parent)) {
      const isArgument = parent.arguments.some(argument => argument === at)
      return isArgument && origin.isToolCall(parent) ? parent : undefined
    }
    if (!isPartOfLiteral(typescript, parent)) return undefined
  }
  return undefined
}

function isPartOfLiteral(typescript: TypeScript, node: ts.Node): boolean {
  return (
    typescript.isObjectLiteralElement(node) ||
    typescript.isObjectLiteralExpression(node) ||
    typescript.isArrayLiteralExpression(node) ||
    typescript.isSpreadElement(node) ||
    typescript.isParenthesizedExpression(node) ||
    typescript.isConditionalExpression(node) ||
    typescript.isBinaryExpression(node) ||
    typescript.isSatisfiesExpression(node)
  )
}

/** The other operands of the `||` and `??` that an expression is an operand of, itself or as the head of a chain. */
export function alternativesTo(typescript: TypeScript, expression: ts.Node): ts.Node[] {
  let at = expression
  while (isOuterLink(typescript, at)) at = at.parent
  const own = at
  while (typescript.isParenthesizedExpression(at.parent) || isAlternation(typescript, at.parent)) at = at.parent
  const leaves = (node: ts.Node): ts.Node[] => {
    if (typescript.isParenthesizedExpression(node)) return leaves(node.expression)
    return isAlternation(typescript, node) ? [...leaves(node.left), ...leaves(node.right)] : [node]
  }
  return leaves(at).filter(leaf => leaf !== own)
}

/** `r.content` in `r.content?.trim()`. */
function isOuterLink(typescript: TypeScript, at: ts.Node): boolean {
  const { parent } = at
  const isLink =
    typescript.isPropertyAccessExpression(parent) ||
    typescript.isCallExpression(parent) ||
    typescript.isNonNullExpression(parent)
  return isLink && parent.expression === at
}

function isAlternation(typescript: TypeScript, node: ts.Node): node is ts.BinaryExpression {
  return typescript.isBinaryExpression(node) && /^(\|\||\?\?)$/.test(node.operatorToken.getText())
}

/** The `a.b ? … : …` that an `a.b` is in. */
export function guardOf(typescript: TypeScript, expression: ts.Node): ts.ConditionalExpression | undefined {
  const text = expression.getText()
  for (let at = expression.parent; typescript.isExpression(at); at = at.parent) {
    if (typescript.isConditionalExpression(at) && at.condition.getText().includes(text)) return at
  }
  return undefined
}
