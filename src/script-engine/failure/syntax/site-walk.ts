import type {
  AnyNode,
  ArrayPattern,
  Expression,
  Function as FunctionNode,
  MemberExpression,
  Node,
  ObjectPattern,
  Pattern,
} from 'acorn'
import { firstTokenAfter, type ScriptToken } from './script-tokens.ts'
import { expressionPlace, linkOf, memberPlace } from './v8-place.ts'

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
  | 'next'
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
  /** Name of the member or variable, where the program has it. */
  name?: string
  /** Sites with the same number follow each other without a branch. */
  stretch: number
}

/** Nodes that run only some of their children, or run them again. */
const BRANCHING =
  /^(?:If|Switch|Try|For|ForIn|ForOf|While|DoWhile)Statement$|^(?:Conditional|Logical|Chain)Expression$|Function/

/** What a kind of node adds; of other kinds all children are visited. */
export type Visitors = { [T in AnyNode['type']]?: (walk: SiteWalk, node: Extract<AnyNode, { type: T }>) => void }

/** Goes through a program as QuickJS compiles it. */
export class SiteWalk {
  readonly sites: FailureSite[] = []
  readonly tokens: readonly ScriptToken[]
  /** What the compiled function has noted last. */
  noted = 0
  stretch = 0
  isAsync = false
  /** A pattern is assigned to, not declared. */
  isAssigning = false

  readonly #visitors: Visitors

  constructor(tokens: readonly ScriptToken[], visitors: Visitors) {
    this.tokens = tokens
    this.#visitors = visitors
  }

  visit(node: AnyNode | null | undefined): void {
    if (node === null || node === undefined) return
    const isBranching = BRANCHING.test(node.type)
    if (isBranching) this.stretch += 1
    const visitor = this.#visitors[node.type] as ((walk: SiteWalk, node: AnyNode) => void) | undefined
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

  siteOf(kind: SiteKind, at: number, name?: string): FailureSite {
    const { noted, stretch } = this
    return { kind, at, noted, stretch, ...(name !== undefined && { name }) }
  }

  site(kind: SiteKind, at: number, name?: string): void {
    this.sites.push(this.siteOf(kind, at, name))
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

  /**
   * What takes a value apart is compiled before the value. `place`: where V8 sees a value that is not iterable.
   * QuickJS does not say which of two nested patterns failed: an inner one goes first, for it is more often missing.
   */
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
    const own = this.siteOf('destructure', placeOfFirst(start, properties[0]))
    for (const property of properties) {
      if (property.type === 'RestElement') continue
      if (property.computed) this.visit(property.key)
      this.bind(property.value, undefined, property.value.start)
    }
    if (value === undefined || !isLiteral(value)) this.sites.push(own)
  }

  takeList({ elements }: ArrayPattern, value: Expression | undefined, place: number): void {
    const own = this.siteOf('iterate', place)
    for (const element of elements) if (element !== null) this.bind(element, undefined, element.start)
    if (value === undefined || !isLiteral(value)) this.sites.push(own)
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

const isNode = (value: unknown): value is AnyNode =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string'

/** The name of a member that is written out. */
function nameOf({ property, computed }: MemberExpression): string | undefined {
  if (computed) return property.type === 'Literal' ? String(property.value) : undefined
  return property.type === 'Identifier' ? property.name : undefined
}

export function withoutParentheses(node: AnyNode): AnyNode {
  return node.type === 'ParenthesizedExpression' ? withoutParentheses(node.expression) : node
}

/** A value that can be destructured, whatever its content. */
const isLiteral = ({ type }: Expression) => /^(?:Object|Array)Expression$|^(?:Template)?Literal$/.test(type)

/** V8 points at what the first property is given to, or at the bracket when that has no fixed name. */
function placeOfFirst(start: number, first: ObjectPattern['properties'][number] | undefined): number {
  if (first === undefined) return start
  if (first.type === 'RestElement') return first.argument.start
  return first.computed ? start : first.value.start
}
