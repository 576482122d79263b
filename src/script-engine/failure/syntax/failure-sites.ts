import type {
  AnyNode,
  AssignmentExpression,
  CallExpression,
  Expression,
  ForInStatement,
  ForOfStatement,
  NewExpression,
  Pattern,
  Program,
} from 'acorn'
import type { ScriptToken } from './script-tokens.ts'
import { type FailureSite, SiteWalk, type Visitors, withoutParentheses } from './site-walk.ts'
import { callPlace, expressionPlace, parenthesisOf, startAfter } from './v8-place.ts'

/** The sites of a program in the order in which QuickJS compiles them, which is how it comes to its `noted`. */
export function failureSites(tree: Program, tokens: readonly ScriptToken[]): FailureSite[] {
  const walk = new SiteWalk(tokens, VISITORS)
  walk.visit(tree as AnyNode)
  return walk.sites
}

const visitCall = (walk: SiteWalk, node: CallExpression) => {
  walk.visit(node.callee)
  const at = callPlace(walk.tokens, node)
  visitArguments(walk, node, at)
  walk.noted = parenthesisOf(walk.tokens, node)
  walk.site('call', at)
}

function visitArguments(walk: SiteWalk, node: CallExpression | NewExpression, at: number): void {
  for (const argument of node.arguments) {
    if (argument.type === 'SpreadElement') {
      walk.visit(argument.argument)
      walk.site('iterate', at)
    } else walk.visit(argument)
  }
}

const VISITORS: Visitors = {
  Identifier: (walk, { start, name }) => {
    walk.noted = start
    walk.site('name', start, name)
  },
  ArrayExpression: (walk, { elements }) => {
    for (const element of elements) {
      if (element?.type === 'SpreadElement') {
        walk.visit(element.argument)
        walk.site('iterate', expressionPlace(walk.tokens, element.argument))
      } else walk.visit(element)
    }
  },
  Property: (walk, { computed, key, value, shorthand, method, kind, start }) => {
    if (computed) walk.visit(key)
    if (shorthand && value.type === 'Identifier') walk.site('name', value.start, value.name)
    else if ((method || kind !== 'init') && value.type === 'FunctionExpression') walk.function(value, start)
    else walk.visit(value)
  },
  FunctionDeclaration: (walk, node) => walk.function(node, node.start),
  FunctionExpression: (walk, node) => walk.function(node, node.start),
  ArrowFunctionExpression: (walk, node) => walk.function(node, node.start),
  MethodDefinition: (walk, { computed, key, value, start, static: isStatic }) => {
    if (computed) walk.visit(key)
    walk.function(value, isStatic ? startAfter(walk.tokens, start + 1) : start)
  },
  PropertyDefinition: (walk, { computed, key, value }) => {
    if (computed) walk.visit(key)
    walk.visit(value)
  },
  ClassDeclaration: (walk, { superClass, body }) => {
    walk.visit(superClass)
    walk.visit(body)
  },
  ClassExpression: (walk, { superClass, body }) => {
    walk.visit(superClass)
    walk.visit(body)
  },
  CallExpression: visitCall,
  NewExpression: (walk, node) => {
    walk.visit(node.callee)
    visitArguments(walk, node, node.start)
    walk.noted = startAfter(walk.tokens, node.callee.end)
    walk.site('call', node.start)
  },
  TaggedTemplateExpression: (walk, { tag, quasi }) => {
    walk.visit(tag)
    walk.visit(quasi)
    walk.noted = quasi.start
    walk.site('call', quasi.start)
  },
  MemberExpression: (walk, node) => walk.read(node),
  MetaProperty: () => {},
  ImportExpression: (walk, { source, start }) => {
    walk.visit(source)
    walk.site('import', start)
  },
  AssignmentExpression: visitAssignment,
  UpdateExpression: (walk, { argument, prefix, start }) => {
    const noted = prefix ? start : startAfter(walk.tokens, argument.end)
    const at = prefix ? expressionPlace(walk.tokens, argument) : noted
    walk.change(argument, undefined, { at, noted })
  },
  UnaryExpression: (walk, { operator, argument, start }) => {
    if (operator === 'delete' && argument.type === 'MemberExpression') {
      walk.target(argument)
      walk.site('delete', expressionPlace(walk.tokens, argument.object))
    } else walk.visit(argument)
    if (!/^[-+~]$/.test(operator)) return
    walk.noted = start
    walk.site('operator', start)
  },
  BinaryExpression: (walk, { left, right }) => {
    walk.visit(left)
    walk.visit(right)
    walk.noted = startAfter(walk.tokens, left.end)
    walk.site('operator', walk.noted)
  },
  YieldExpression: (walk, { argument, delegate }) => {
    walk.visit(argument)
    if (delegate && argument) walk.site('iterate', expressionPlace(walk.tokens, argument))
  },
  ExpressionStatement: (walk, { expression, start }) => {
    walk.noted = start
    walk.visit(expression)
  },
  VariableDeclarator: (walk, { id, init }) => {
    if (init) walk.bind(id, init, init.start)
    walk.visit(init)
  },
  ReturnStatement: (walk, { argument, start }) => {
    const from = walk.sites.length
    walk.visit(argument)
    if (argument && !walk.isAsync) noteTail(walk, argument, { from, start })
    walk.noted = start
  },
  ThrowStatement: (walk, { argument, start }) => {
    walk.visit(argument)
    walk.noted = start
  },
  ForStatement: (walk, { init, test, update, body, start }) => {
    walk.visit(init)
    walk.site('loop', start)
    walk.visitAll([test ?? null, body, update ?? null])
  },
  WhileStatement: (walk, { test, body, start }) => {
    walk.site('loop', start)
    walk.visitAll([test, body])
  },
  DoWhileStatement: (walk, { test, body, start }) => {
    walk.site('loop', start)
    walk.visitAll([body, test])
  },
  ForInStatement: (walk, node) => visitLoop(walk, node),
  ForOfStatement: (walk, node) => visitLoop(walk, node, expressionPlace(walk.tokens, node.right)),
  CatchClause: (walk, { param, body }) => {
    if (param) walk.bind(param, undefined, param.start)
    walk.visit(body)
  },
  LabeledStatement: (walk, { body }) => walk.visit(body),
  BreakStatement: () => {},
  ContinueStatement: () => {},
}

function visitAssignment(walk: SiteWalk, node: AssignmentExpression): void {
  const { left, right, operator } = node
  const at = startAfter(walk.tokens, left.end)
  const target = withoutParentheses(left)
  if (/^[^&|?=]+=$|^[&|]=$/.test(operator)) {
    walk.change(left, right, { at, noted: at })
    return
  }
  if (target.type === 'ObjectPattern' || target.type === 'ArrayPattern') {
    walk.isAssigning = true
    walk.bind(target, right, at)
    walk.isAssigning = false
    walk.visit(right)
    return
  }
  if (target.type === 'MemberExpression' && operator === '=') walk.target(target)
  else if (target.type === 'MemberExpression') walk.read(target, expressionPlace(walk.tokens, target.object))
  else walk.noted = target.start
  walk.visit(right)
  walk.put(target, at)
}

function visitLoop(
  walk: SiteWalk,
  { left, right, body, start }: ForInStatement | ForOfStatement,
  iterated?: number,
): void {
  walk.visit(right)
  if (iterated !== undefined && !isIterable(right)) walk.site('iterate', iterated)
  walk.site('loop', start)
  const target = left.type === 'VariableDeclaration' ? left.declarations[0]?.id : (left as Pattern)
  if (target !== undefined) walk.bind(target, undefined, target.end - 1)
  walk.visit(body)
  if (target !== undefined && iterated !== undefined) walk.site('next', target.start)
}

const ITERABLE_RESULT = /^(?:entries|keys|values|map|flatMap|filter|split|matchAll)$/

/** A list by what it says: if the loop takes items apart, one of them is what cannot be iterated over. */
function isIterable(node: Expression): boolean {
  if (node.type === 'ArrayExpression') return true
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return false
  const { property } = node.callee
  return property.type === 'Identifier' && ITERABLE_RESULT.test(property.name)
}

/** QuickJS notes a call that ends a function at its `return`. */
function noteTail(walk: SiteWalk, value: Expression, { from, start }: { from: number; start: number }): void {
  const places = new Set(tailsOf(value).map(node => callPlace(walk.tokens, node)))
  for (const site of walk.sites.slice(from)) {
    if (site.kind === 'call' && places.has(site.at)) walk.sites.push({ ...site, noted: start })
  }
}

function tailsOf(node: Expression): CallExpression[] {
  switch (node.type) {
    case 'CallExpression':
      return [node]
    case 'ParenthesizedExpression':
      return tailsOf(node.expression)
    case 'ChainExpression':
      return tailsOf(node.expression)
    case 'ConditionalExpression':
      return [...tailsOf(node.consequent), ...tailsOf(node.alternate)]
    case 'LogicalExpression':
      return tailsOf(node.right)
    case 'SequenceExpression':
      return tailsOf(node.expressions.at(-1) as Expression)
    default:
      return []
  }
}
