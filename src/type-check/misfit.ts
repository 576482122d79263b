import type ts from 'typescript-5.9'
import { mayFit, primitiveOf } from './may-fit.ts'
import { hasWrittenType } from './reuse.ts'
import type { Rule, Scene } from './scene.ts'
import { type Placement, placementOf, toolCallAround } from './syntax.ts'

/** A value that does not fit where it is put, even leniently: an argument of a tool, or what a tool gave elsewhere. */
export const misfit: Rule = scene => {
  const { checker, node, origin, reuse, typescript } = scene
  const placement = placementOf(typescript, checker, node)
  if (placement === undefined || mayFit(scene, placement.source, placement.target)) return false
  if (reuse.isMentionedIn(placement.value)) return false
  if (toolCallAround(typescript, origin, node) !== undefined || isTool(scene, placement.source)) return true
  const areBothPrimitive = [placement.source, placement.target].every(
    type => primitiveOf(typescript, type) !== undefined,
  )
  if (areBothPrimitive || !isAskedFor(scene, placement)) return false
  return origin.isDeclaredType(placement.source) || origin.comesFromTools(placement.value)
}

/** The function itself, as in `paths.map(tools.readFile)`. */
function isTool({ origin }: Scene, type: ts.Type): boolean {
  return type.getCallSignatures().some(({ declaration }) => origin.isDeclared(declaration))
}

/** Whether somebody wrote down what is wanted, rather than TypeScript having inferred it. */
function isAskedFor(scene: Scene, { target }: Placement): boolean {
  const { checker, node, typescript } = scene
  const { parent } = node
  if (typescript.isAsExpression(node)) return true
  if (typescript.isVariableDeclaration(parent) && parent.name === node) return parent.type !== undefined
  if (typescript.isBinaryExpression(parent) && parent.left === node) {
    const symbol = checker.getSymbolAtLocation(node)
    return symbol !== undefined && hasWrittenType(typescript, symbol)
  }
  if (typescript.isCallExpression(parent)) return isParameterOf(scene, parent, target)
  const returning = typescript.isReturnStatement(node) ? node : parent
  const maker = typescript.isArrowFunction(returning)
    ? returning
    : typescript.isReturnStatement(returning) && typescript.findAncestor(returning, typescript.isFunctionLike)
  return maker ? maker.type !== undefined : false
}

function isParameterOf({ checker, node, typescript }: Scene, call: ts.CallExpression, target: ts.Type): boolean {
  const index = (call.arguments as readonly ts.Node[]).indexOf(node)
  const declaration = checker.getResolvedSignature(call)?.parameters[index]?.valueDeclaration
  if (declaration === undefined || !typescript.isParameter(declaration) || declaration.type === undefined) return false
  return checker.getTypeFromTypeNode(declaration.type) === target
}
