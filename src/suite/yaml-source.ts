import { isMap, isPair, isScalar, isSeq, LineCounter, type Node, parseDocument, visit } from 'yaml'
import { UserError } from '../contracts/errors.ts'

/** A parsed YAML file with the position of every value. */
export interface YamlSource {
  value: unknown
  /** 1-based line of the value at a path, or of its nearest ancestor that exists; `ofKey` points at the key instead. */
  lineOf(path: readonly PropertyKey[], options?: { ofKey?: boolean }): number
}

/** Parses one YAML document; syntax errors are a `suite-invalid` naming file, line and column. */
export function parseYaml(file: string, text: string): YamlSource {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const [problem] = [...document.errors, ...document.warnings]
  if (problem) {
    const { line, col } = lines.linePos(problem.pos[0])
    throw new UserError('suite-invalid', `${file}:${line}:${col}: not valid YAML: ${problem.message}`)
  }
  visit(document, {
    Pair(_index, { key }) {
      if (!isScalar(key) || key.value !== '__proto__') return
      const { line } = lines.linePos(startOf(key) ?? 0)
      throw new UserError('suite-invalid', `${file}:${line}: __proto__: a key cannot have this name; choose another`)
    },
  })
  let value: unknown
  try {
    value = document.toJS()
  } catch (error) {
    throw new UserError('suite-invalid', `${file}:1: not usable YAML: ${(error as Error).message}`)
  }
  return {
    value,
    lineOf(path, options) {
      const offset = offsetOf(document.contents as Node | null, path, options?.ofKey ?? false)
      return offset === undefined ? 1 : lines.linePos(offset).line
    },
  }
}

function offsetOf(root: Node | null, path: readonly PropertyKey[], ofKey: boolean): number | undefined {
  let node: unknown = root
  let offset = startOf(root)
  for (const [index, key] of path.entries()) {
    const child = childOf(node, key)
    if (!child) return offset
    const isLast = index === path.length - 1
    offset = (isLast && ofKey ? startOf(child.key) : startOf(child.value)) ?? startOf(child.key) ?? offset
    node = child.value
  }
  return offset
}

function childOf(node: unknown, key: PropertyKey): { key?: unknown; value: unknown } | undefined {
  if (isSeq(node)) return typeof key === 'number' && node.items[key] ? { value: node.items[key] } : undefined
  if (!isMap(node)) return undefined
  const pair = node.items.find(item => isPair(item) && isScalar(item.key) && String(item.key.value) === String(key))
  return pair && { key: pair.key, value: pair.value }
}

function startOf(node: unknown): number | undefined {
  return (node as { range?: [number, number, number] | null } | null | undefined)?.range?.[0]
}
