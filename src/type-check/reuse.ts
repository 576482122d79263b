import type ts from 'typescript-5.9'
import { mayFit, type Types } from './may-fit.ts'

export interface Reuse {
  /** Whether the variable at an expression's root is later given something of another kind: its content is unknown. */
  isReassigned(expression: ts.Node | undefined): boolean
  /** Whether such a variable, or one whose object gets further properties, is anywhere in it. */
  isMentionedIn(expression: ts.Node): boolean
}

/** How JavaScript reuses variables, which their first types do not show: `let r = await …; r = r.text`. */
export function createReuse({ typescript, checker }: Types, file: ts.SourceFile): Reuse {
  const reassigned = new Set<ts.Symbol>()
  const extended = new Set<ts.Symbol>()
  visit(file)

  function visit(node: ts.Node): void {
    if (typescript.isBinaryExpression(node) && /^(=|\?\?=|\|\|=)$/.test(node.operatorToken.getText())) assign(node)
    if (typescript.isCallExpression(node) && node.expression.getText() === 'Object.assign') extend(node.arguments[0])
    typescript.forEachChild(node, visit)
  }

  function assign({ left, right }: ts.BinaryExpression): void {
    if (typescript.isPropertyAccessExpression(left) || typescript.isElementAccessExpression(left))
      extend(left.expression)
    const symbol = typescript.isIdentifier(left) ? checker.getSymbolAtLocation(left) : undefined
    if (symbol === undefined || hasWrittenType(typescript, symbol)) return
    const given = checker.getTypeAtLocation(right)
    const isOpen = (given.flags & (typescript.TypeFlags.Any | typescript.TypeFlags.Unknown)) !== 0
    if (isOpen || !mayFit({ typescript, checker }, given, checker.getTypeOfSymbol(symbol))) reassigned.add(symbol)
  }

  function extend(object: ts.Node | undefined): void {
    const symbol = object && typescript.isIdentifier(object) ? checker.getSymbolAtLocation(object) : undefined
    if (symbol !== undefined) extended.add(symbol)
  }

  function isReassigned(expression: ts.Node | undefined): boolean {
    const root = expression && rootOf(typescript, expression)
    const symbol = root && checker.getSymbolAtLocation(root)
    return symbol !== undefined && reassigned.has(symbol)
  }

  function isMentionedIn(node: ts.Node): boolean {
    if (typescript.isIdentifier(node)) {
      const { parent } = node
      const symbol = typescript.isShorthandPropertyAssignment(parent)
        ? checker.getShorthandAssignmentValueSymbol(parent)
        : checker.getSymbolAtLocation(node)
      return symbol !== undefined && (reassigned.has(symbol) || extended.has(symbol))
    }
    return typescript.forEachChild(node, child => isMentionedIn(child) || undefined) ?? false
  }
  return { isReassigned, isMentionedIn }
}

/** Whether the author declared the type of a variable or parameter. */
export function hasWrittenType(typescript: Types['typescript'], { valueDeclaration }: ts.Symbol): boolean {
  const isVariable =
    valueDeclaration !== undefined &&
    (typescript.isVariableDeclaration(valueDeclaration) || typescript.isParameter(valueDeclaration))
  return isVariable && valueDeclaration.type !== undefined
}

/** The `r` of `(await r).entries[0].path.trim()`. */
function rootOf(typescript: Types['typescript'], node: ts.Node): ts.Identifier | undefined {
  if (typescript.isIdentifier(node)) return node
  const isLink =
    typescript.isPropertyAccessExpression(node) ||
    typescript.isElementAccessExpression(node) ||
    typescript.isCallExpression(node) ||
    typescript.isAwaitExpression(node) ||
    typescript.isParenthesizedExpression(node) ||
    typescript.isNonNullExpression(node)
  return isLink ? rootOf(typescript, node.expression) : undefined
}
