import type ts from 'typescript-5.9'
import type { Edit, SourceView } from './operators.ts'

const SWAPPED: Readonly<Record<string, string>> = {
  some: 'every',
  every: 'some',
  find: 'findLast',
  findLast: 'find',
  findIndex: 'findLastIndex',
  indexOf: 'lastIndexOf',
  lastIndexOf: 'indexOf',
  startsWith: 'endsWith',
  endsWith: 'startsWith',
  push: 'unshift',
  min: 'max',
  max: 'min',
  floor: 'ceil',
  ceil: 'floor',
  round: 'floor',
}
/** Methods that can be left out, for what they are called on has the same type. */
const LEFT_OUT = new Set([
  ...['trim', 'trimStart', 'trimEnd', 'toReversed', 'reverse', 'sort', 'toSorted', 'filter', 'toLowerCase', 'replace'],
  ...['replaceAll', 'normalize'],
])
/** Functions of ours that can be left out: their argument is the result. */
const OWN_LEFT_OUT = new Set(['trim', 'trimStart', 'trimEnd', 'cutToBytes', 'truncateOutput'])
const SLICES = new Set(['slice', 'subarray', 'substring'])

/** Calls of another method, of none, with other bounds or with swapped arguments. */
export function callEdits(node: ts.Node, view: SourceView): Edit[] {
  const { ts } = view
  if (!ts.isCallExpression(node)) return []
  return ts.isPropertyAccessExpression(node.expression)
    ? [...methodEdits(node, node.expression, view), ...swappedArguments(node, view)]
    : [...ownEdits(node, view), ...swappedArguments(node, view)]
}

function methodEdits(call: ts.CallExpression, callee: ts.PropertyAccessExpression, view: SourceView): Edit[] {
  const { textOf, replace } = view
  const name = callee.name.text
  const idea = `a case where the outcome depends on \`${textOf(call)}\``
  const edits: Edit[] = []
  const swap = Object.hasOwn(SWAPPED, name) ? SWAPPED[name] : undefined
  if (swap !== undefined) edits.push({ operator: 'method', ...replace(callee.name, swap), idea })
  if (LEFT_OUT.has(name)) edits.push({ operator: 'left out', ...replace(call, textOf(callee.expression)), idea })
  if (SLICES.has(name)) edits.push(...boundEdits(call, view, idea))
  return edits
}

/** The first bound one later; the second one is none. */
function boundEdits(call: ts.CallExpression, { textOf, replace }: SourceView, idea: string): Edit[] {
  const [first, second] = call.arguments
  const edits: Edit[] = []
  if (first !== undefined) edits.push({ operator: 'bounds', ...replace(first, `(${textOf(first)}) + 1`), idea })
  if (first !== undefined && second !== undefined) {
    const { start } = replace(first, '')
    const { end } = replace(second, '')
    edits.push({ operator: 'bounds', start, end, replacement: textOf(first), idea })
  }
  return edits
}

function ownEdits(call: ts.CallExpression, { textOf, replace }: SourceView): Edit[] {
  const [first] = call.arguments
  if (first === undefined || !OWN_LEFT_OUT.has(textOf(call.expression))) return []
  const idea = `a case where the outcome depends on \`${textOf(call)}\``
  return [{ operator: 'left out', ...replace(call, `(${textOf(first)})`), idea }]
}

/** Of functions to whom the order means something. */
function swappedArguments(call: ts.CallExpression, { ts, textOf, replace }: SourceView): Edit[] {
  const [first, second] = call.arguments
  if (first === undefined || second === undefined || /^Math\.(?:min|max)$/.test(textOf(call.expression))) return []
  const isPlain = (node: ts.Node) => ts.isIdentifier(node) || ts.isPropertyAccessExpression(node)
  if (!isPlain(first) || !isPlain(second) || textOf(first) === textOf(second)) return []
  const { start } = replace(first, '')
  const { end } = replace(second, '')
  const idea = `a case that tells the arguments of \`${textOf(call)}\` apart`
  return [{ operator: 'arguments', start, end, replacement: `${textOf(second)}, ${textOf(first)}`, idea }]
}
