import type {
  AnyNode,
  ArrayPattern,
  AssignmentExpression,
  CallExpression,
  Expression,
  ForInStatement,
  ForOfStatement,
  Function as FunctionNode,
  MemberExpression,
  NewExpression,
  Node,
  ObjectPattern,
  Pattern,
  Program,
} from 'acorn'
import { firstTokenAfter, type ScriptToken } from './script-tokens.ts'
import { callPlace, expressionPlace, linkOf, memberPlace, parenthesisOf, startAfter } from './v8-place.ts'

/** What can fail: the reading of a member or name, a call, … */
export type SiteKind =
  | 'read'
  | 'set'
  | 'name'
  | 'assign'
  | 'call'
  | 'operator'
  | 'destructure'
  | 'iterate'
  | 'delete'
  | 'loop'
  | 'import'

/** A step of a program that can fail. */
export interface FailureSite {
  kind: SiteKind
  /** The offset V8 names. */
  at: number
  /** The offset QuickJS names: it notes some of its steps, and gives the last one noted. */
  noted: number
  /** Of the member or variable, where the program says it. */
  name?: string
  /** Sites with the same number follow each other without a branch. */
  stretch: number
}

/** Nodes that run some of what they hold, or run it again. */
const BRANCHING =
  /^(?:If|Switch|Try|For|ForIn|ForOf|While|DoWhile)Statement$|^(?:Conditional|Logical|Chain)Expression$|Function/

/** The sites of a program in the order in which QuickJS compiles them, which is how it comes to its `noted`. */
export function failureSites(tree: Program, tokens: readonly ScriptToken[]): FailureSite[] {
  const walk = new Walk(tokens)
  walk.visit(tree as AnyNode)
  return walk.sites
}

class Walk {
  readonly sites: FailureSite[] = []
  readonly tokens: readonly ScriptToken[]
  /** What the compiled function has noted last. */
  noted = 0
  stretch = 0
  isAsync = false
  /** A pattern is assigned to, not declared. */
  isAssigning = false

  constructor(tokens: readonly ScriptToken[]) {
    this.tokens = tokens
  }

  visit(node: AnyNode | null | undefined): void {
    if (node === null || node === undefined) return
    const isBranching = BRANCHING.test(node.type)
    if (isBranching) this.stretch += 1
    const visitor = VISITORS[node.type] as ((walk: Walk, node: AnyNode) => void) | undefined
    if (visitor === undefined) this.visitChildren(node)
    else visitor(this, node)
    if (isBranching) this.stretch += 1
  }

  visitAll(nodes: readonly (AnyNode | null)[]): void {
    for (const node of nodes) this.visit(node)
  }

  visitChildren(node: AnyNode): void {
    for (const value of Object.values(node)) {
      for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) this.visit(child)
    }
  }

  site(kind: SiteKind, at: number, name?: string): void {
    const { noted, stretch } = this
    this.sites.push({ kind, at, noted, stretch, ...(name !== undefined && { name }) })
  }

  /** A function is compiled apart, and begins with its own start as noted. */
  function(node: FunctionNode, start: number): void {
    const { noted, isAsync } = this
    this.noted = start
    this.isAsync = node.async
    const first = firstTokenAfter(this.tokens, node.params[0]?.start ?? start)
    const parenthesis = this.tokens[first - 1]?.start ?? start
    for (const parameter of node.params) this.bind(parameter, undefined, parenthesis)
    this.visit(node.body)
    this.noted = noted
    this.isAsync = isAsync
  }

  /** What takes a value apart is compiled before the value. `place`: where V8 sees a value that is not iterable. */
  bind(pattern: Pattern, value: Expression | undefined, place: number): void {
    if (pattern.type === 'AssignmentPattern') {
      this.bind(pattern.left, undefined, place)
      this.visit(pattern.right)
    } else if (pattern.type === 'ObjectPattern') this.takeObject(pattern, value)
    else if (pattern.type === 'ArrayPattern') this.takeList(pattern, value, place)
    else if (pattern.type === 'RestElement') this.bind(pattern.argument, undefined, pattern.start)
    else if (pattern.type === 'MemberExpression') this.target(pattern)
    else if (this.isAssigning) this.site('assign', pattern.start, pattern.name)
  }

  takeObject({ start, properties }: ObjectPattern, value: Expression | undefined): void {
    if (value === undefined || !isLiteral(value)) this.site('destructure', placeOfFirst(start, properties[0]))
    for (const property of properties) {
      if (property.type === 'RestElement') continue
      if (property.computed) this.visit(property.key)
      this.bind(property.value, undefined, property.value.start)
    }
  }

  takeList({ elements }: ArrayPattern, value: Expression | undefined, place: number): void {
    if (value === undefined || !isLiteral(value)) this.site('iterate', place)
    for (const element of elements) if (element !== null) this.bind(element, undefined, element.start)
  }

  /** The member that is given a value: its object is read, itself it is not. */
  target(node: MemberExpression): void {
    this.visit(node.object)
    if (node.computed) this.visit(node.property)
    this.noted = linkOf(this.tokens, node)
  }

  read(node: MemberExpression, at = memberPlace(this.tokens, node)): void {
    this.target(node)
    this.site('read', at, nameOf(node))
  }

  /** The member or variable that is read, changed and written back by `sign`. */
  change(node: Pattern | Expression, value: Expression | undefined, sign: { at: number; noted: number }): void {
    const target = withoutParentheses(node)
    if (target.type === 'MemberExpression') this.read(target, expressionPlace(this.tokens, target.object))
    else this.visit(target)
    this.visit(value)
    this.noted = sign.noted
    this.site('operator', sign.at)
    this.put(target, sign.at)
  }

  put(target: AnyNode, at: number): void {
    if (target.type === 'MemberExpression') this.site('set', at, nameOf(target))
    else if (target.type === 'Identifier') this.site('assign', at, target.name)
  }
}

type Visitors = { [T in AnyNode['type']]?: (walk: Walk, node: Extract<AnyNode, { type: T }>) => void }

const visitCall = (walk: Walk, node: CallExpression) => {
  walk.visit(node.callee)
  const at = callPlace(walk.tokens, node)
  visitArguments(walk, node, at)
  walk.noted = parenthesisOf(walk.tokens, node)
  walk.site('call', at)
}

function visitArguments(walk: Walk, node: CallExpression | NewExpression, at: number): void {
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

function visitAssignment(walk: Walk, node: AssignmentExpression): void {
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

function visitLoop(walk: Walk, { left, right, body, start }: ForInStatement | ForOfStatement, iterated?: number): void {
  walk.visit(right)
  if (iterated !== undefined) walk.site('iterate', iterated)
  walk.site('loop', start)
  const target = left.type === 'VariableDeclaration' ? left.declarations[0]?.id : (left as Pattern)
  if (target !== undefined) walk.bind(target, undefined, target.end - 1)
  walk.visit(body)
}

/** QuickJS notes a call that ends a function at its `return`. */
function noteTail(walk: Walk, value: Expression, { from, start }: { from: number; start: number }): void {
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

const isNode = (value: unknown): value is AnyNode =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string'

/** The name of a member that is written out. */
function nameOf({ property, computed }: MemberExpression): string | undefined {
  if (computed) return property.type === 'Literal' ? String(property.value) : undefined
  return property.type === 'Identifier' ? property.name : undefined
}

function withoutParentheses(node: AnyNode): AnyNode {
  return node.type === 'ParenthesizedExpression' ? withoutParentheses(node.expression) : node
}

/** A value that can be taken apart, whatever it holds. */
const isLiteral = ({ type }: Expression) => /^(?:Object|Array)Expression$|^(?:Template)?Literal$/.test(type)

/** V8 points at what the first property is given to, or at the bracket when that has no fixed name. */
function placeOfFirst(start: number, first: ObjectPattern['properties'][number] | undefined): number {
  if (first === undefined) return start
  if (first.type === 'RestElement') return first.argument.start
  return first.computed ? start : first.value.start
}
