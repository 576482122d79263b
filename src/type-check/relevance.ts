import type ts from 'typescript-5.9'
import { mayFit, primitiveOf } from './may-fit.ts'
import { misfit } from './misfit.ts'
import { missingProperty } from './missing-property.ts'
import { createReuse } from './reuse.ts'
import { constituents, isOfTools, type Rule, type Scene } from './scene.ts'
import { alternativesTo, innermostAt, toolCallAround } from './syntax.ts'
import { createToolOrigin } from './tool-origin.ts'

export type RelevanceParts = Omit<Scene, 'origin' | 'reuse' | 'diagnostic' | 'node'>

/** Tells whether an error is about what a tool takes or gives, or about the context, and is one at run time too. */
export function createRelevance(parts: RelevanceParts): (diagnostic: ts.Diagnostic) => boolean {
  const origin = createToolOrigin(parts)
  let reuse: Scene['reuse'] | undefined
  return diagnostic => {
    const rule = RULES.get(diagnostic.code)
    if (rule === undefined || diagnostic.start === undefined) return false
    reuse ??= createReuse(parts, parts.file)
    const node = innermostAt(parts.typescript, parts.file, diagnostic.start, diagnostic.length ?? 0)
    return rule({ ...parts, origin, reuse, diagnostic, node })
  }
}

const insideToolCall: Rule = ({ node, origin, typescript }) => toolCallAround(typescript, origin, node) !== undefined

/** Too few or too many arguments; underlined is the callee's name, or what is too much. */
const argumentCount: Rule = ({ node, origin, typescript }) => {
  for (let at: ts.Node = node; at.parent !== undefined; at = at.parent) {
    const { parent } = at
    if (!typescript.isCallExpression(parent)) continue
    return (parent.expression === at || parent.arguments.some(each => each === at)) && origin.isToolCall(parent)
  }
  return false
}

/** `for (const entry of await tools.listDir(…))`: the result is not a list, but contains one. */
const notIterable: Rule = scene => {
  const { checker, node, reuse, typescript } = scene
  const { parent } = node
  const isPattern = typescript.isArrayBindingPattern(node) && typescript.isVariableDeclaration(parent)
  const value = isPattern ? parent.initializer : node
  if (value === undefined || reuse.isReassigned(value)) return false
  return constituents(checker.getTypeAtLocation(value)).every(type => isOfTools(scene, type, value))
}

const notCallable: Rule = scene => {
  const { checker, node, reuse, typescript } = scene
  const callee = typescript.isPropertyAccessExpression(node.parent) && node.parent.name === node ? node.parent : node
  const type = checker.getTypeAtLocation(callee)
  return !type.isUnion() && !reuse.isReassigned(callee) && isOfTools(scene, type, callee)
}

/** `entry.kind === 'dir'` where no kind is called so; not where another comparison takes the right name. */
const neverEqual: Rule = scene => {
  const { checker, node, origin, reuse, typescript } = scene
  if (!typescript.isBinaryExpression(node)) return false
  const isLiteral = (each: ts.Node) => typescript.isStringLiteralLike(each) || typescript.isNumericLiteral(each)
  const [value, literal] = isLiteral(node.right) ? [node.left, node.right] : [node.right, node.left]
  if (!isLiteral(literal) || !origin.comesFromTools(value) || reuse.isReassigned(value)) return false
  if (alternativesTo(typescript, node).some(other => other.getText().includes(value.getText()))) return false
  const symbol = checker.getSymbolAtLocation(typescript.isPropertyAccessExpression(value) ? value.name : value)
  if (symbol === undefined) return false
  const types = [checker.getTypeAtLocation(literal), checker.getTypeOfSymbol(symbol)] as const
  const [one, other] = types.map(type => primitiveOf(typescript, checker.getBaseTypeOfLiteralType(type)))
  const isCoerced = /^[!=]=$/.test(node.operatorToken.getText()) && one !== other
  return !isCoerced && !mayFit(scene, ...types)
}

/** `context` is frozen. */
const readOnly: Rule = ({ node, origin, typescript }) => {
  const isName = typescript.isPropertyAccessExpression(node.parent) && node.parent.name === node
  return origin.comesFromTools(isName ? node.parent : node)
}

/** `tool.readFile`, `contex.env` */
const misspeltGlobal: Rule = ({ diagnostic, typescript }) =>
  /'(tools|context)'\?$/.test(typescript.flattenDiagnosticMessageText(diagnostic.messageText, ' '))

/** More taken out of `await Promise.all([…])` than was put into it. */
const missingElement: Rule = ({ checker, node, origin, typescript }) => {
  const pattern = typescript.findAncestor(node, typescript.isArrayBindingPattern)
  return pattern !== undefined && origin.isDeclaredType(checker.getTypeAtLocation(pattern))
}

/** By TypeScript's numbers. Errors of other numbers never count. */
const RULES = new Map<number, Rule>([
  ...[2339, 2551, 7053].map((code): [number, Rule] => [code, missingProperty]),
  ...[2322, 2345, 2352, 2559, 2739, 2740, 2741, 2820].map((code): [number, Rule] => [code, misfit]),
  ...[2353, 2561].map((code): [number, Rule] => [code, insideToolCall]),
  ...[2554, 2555].map((code): [number, Rule] => [code, argumentCount]),
  ...[2461, 2488, 2504].map((code): [number, Rule] => [code, notIterable]),
  ...[2540, 2542].map((code): [number, Rule] => [code, readOnly]),
  [2349, notCallable],
  [2367, neverEqual],
  [2493, missingElement],
  [2552, misspeltGlobal],
])
