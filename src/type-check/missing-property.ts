import type ts from 'typescript-5.9'
import { constituents, isOfTools, type Rule, type Scene } from './scene.ts'
import { alternativesTo, guardOf, receiverOf } from './syntax.ts'

/** `r.contnt`, `tools.readfile`, `const { contents } = await …`, and what an `await` would have made right. */
export const missingProperty: Rule = scene => {
  const { checker, node, reuse, typescript } = scene
  const receiver = receiverOf(typescript, node)
  if (receiver === undefined || reuse.isReassigned(receiver.value)) return false
  if (receiver.access !== undefined && isOneOfSeveralGuesses(scene, receiver.access)) return false
  const { name, value } = receiver
  const types = [checker.getTypeAtLocation(receiver.node), ...declaredUnion(scene, receiver.node)].flatMap(constituents)
  const open = typescript.TypeFlags.Any | typescript.TypeFlags.Unknown | typescript.TypeFlags.Never
  if (types.some(type => type.flags & open)) return false
  if (types.some(type => checker.getPropertyOfType(checker.getApparentType(type), name) !== undefined)) return false
  return types.every(type => isOfTools(scene, type, value))
}

/** What a variable can contain by its declaration, where a condition has narrowed it to less. */
function declaredUnion({ checker, typescript }: Scene, node: ts.Node): ts.Type[] {
  const symbol = typescript.isIdentifier(node) ? checker.getSymbolAtLocation(node) : undefined
  const type = symbol && checker.getTypeOfSymbol(symbol)
  return type?.isUnion() ? [type] : []
}

/** `r.content ?? r.text`, `r.content ? r.content : r.text`: whoever guesses has the right name among the guesses. */
function isOneOfSeveralGuesses({ checker, typescript }: Scene, access: ts.Expression): boolean {
  const objectOf = (node: ts.Node) =>
    typescript.isPropertyAccessExpression(node) ? node.expression.getText() : undefined
  const object = objectOf(access)
  if (object === undefined) return false
  const isRight = (node: ts.Node): boolean =>
    (objectOf(node) === object && checker.getSymbolAtLocation(node) !== undefined) ||
    (typescript.forEachChild(node, child => isRight(child) || undefined) ?? false)
  const guarded = guardOf(typescript, access)
  return [...alternativesTo(typescript, access), ...(guarded === undefined ? [] : [guarded])].some(isRight)
}
