import { z } from 'zod'
import { hint } from './did-you-mean.ts'

type Issue = z.core.$ZodIssue

/** One mistake in a file: where in its structure, and what was expected there. */
export interface Problem {
  path: PropertyKey[]
  message: string
  /** The mistake is the key at `path` rather than its value. */
  isKey?: boolean
}

/** Turns what zod found into sentences with the known words and a did-you-mean. */
export function explainIssues(schema: z.ZodType, issues: readonly Issue[], input: unknown): Problem[] {
  const jsonSchema =
    jsonSchemas.get(schema) ?? (z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as SchemaNode)
  jsonSchemas.set(schema, jsonSchema)
  return issues.flatMap(issue => explain(issue, jsonSchema, input))
}

const jsonSchemas = new WeakMap<z.ZodType, SchemaNode>()

/** `models[0].spec`, as people write it. */
export function fieldName(path: readonly PropertyKey[]): string {
  const text = path.map(key => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('')
  return text === '' ? 'the file' : text.replace(/^\./, '')
}

function explain(issue: Issue, schema: SchemaNode, input: unknown): Problem[] {
  const value = valueAt(input, issue.path)
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys(schema, issue.path)
    return issue.keys.map(key => ({
      path: [...issue.path, key],
      message: `unknown key${hint(key, known)}`,
      isKey: true,
    }))
  }
  if (issue.code === 'invalid_union') {
    const nested = closestBranch(issue.errors, value)
    return nested.flatMap(inner => explain({ ...inner, path: [...issue.path, ...inner.path] }, schema, input))
  }
  if (issue.code === 'custom' && typeof value === 'object')
    return [{ path: [...issue.path], message: `expected ${issue.message}` }]
  if (value === undefined) return [{ path: [...issue.path], message: `missing; expected ${expectation(issue)}` }]
  const words = issue.code === 'invalid_value' ? issue.values.map(String) : []
  const didYouMean = typeof value === 'string' && words.length > 0 ? hint(value, words).replace(/^; known.*/, '') : ''
  return [{ path: [...issue.path], message: `expected ${expectation(issue)}, found ${shown(value)}${didYouMean}` }]
}

/** The branch a union's author meant: the one that fails deeper than at its own root. */
function closestBranch(branches: readonly (readonly Issue[])[], value: unknown): readonly Issue[] {
  const isObject = typeof value === 'object' && value !== null
  const fits = branches.find(issues => !issues.some(issue => issue.code === 'invalid_type' && issue.path.length === 0))
  return fits ?? branches[isObject ? branches.length - 1 : 0] ?? []
}

function expectation(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return TYPE_WORDS[issue.expected] ?? issue.expected
    case 'invalid_value':
      return `one of ${issue.values.map(String).join(', ')}`
    case 'too_small':
      return `${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}${UNITS[issue.origin] ?? ''}`
    case 'too_big':
      return `${issue.inclusive ? 'at most' : 'less than'} ${issue.maximum}${UNITS[issue.origin] ?? ''}`
    default:
      return issue.message
  }
}

const TYPE_WORDS: Record<string, string> = {
  string: 'a string',
  number: 'a number',
  int: 'a whole number',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  boolean: 'true or false',
}
const UNITS: Record<string, string> = { string: ' characters', array: ' entries' }

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 80 ? `${text.slice(0, 79)}…` : text
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input
  for (const key of path) {
    if (value === null || typeof value !== 'object' || !Object.hasOwn(value, key)) return undefined
    value = (value as Record<PropertyKey, unknown>)[key]
  }
  return value
}

interface SchemaNode {
  properties?: Record<string, SchemaNode>
  additionalProperties?: SchemaNode | boolean
  items?: SchemaNode
  anyOf?: SchemaNode[]
}

function knownKeys(schema: SchemaNode, path: readonly PropertyKey[]): string[] {
  return nodesAt([schema], path).flatMap(node => Object.keys(node.properties ?? {}))
}

function nodesAt(nodes: SchemaNode[], path: readonly PropertyKey[]): SchemaNode[] {
  const spread = nodes.flatMap(node => [node, ...(node.anyOf ?? [])])
  const [key, ...rest] = path
  if (key === undefined) return spread
  const next = spread.flatMap(node => {
    if (typeof key === 'number') return node.items ? [node.items] : []
    const named = node.properties?.[String(key)]
    if (named) return [named]
    return typeof node.additionalProperties === 'object' ? [node.additionalProperties] : []
  })
  return nodesAt(next, rest)
}
