import type { JsonObject, JsonSchema, JsonValue } from '../../src/contracts/json.ts'
import type { AnyTool } from '../../src/tools/toolbox/toolbox.ts'
import { TOOL_EXAMPLES } from './tool-examples.ts'

export interface ResultField {
  /** `files[].score` */
  path: string
  type: string
  description: string
  /** Whether the text of a structured call changes with this field. */
  isShown: boolean
}

/** The fields of a tool's result, each tried: does the text change when the field does? */
export function resultFields(tool: AnyTool, schema: JsonSchema): ResultField[] {
  const examples = TOOL_EXAMPLES[tool.name] ?? []
  for (const example of examples) tool.output.parse(example)
  return leavesOf(schema).map(({ path, leaf }) => ({
    path: pathText(path),
    type: typeOf(leaf),
    description: String(leaf.description ?? ''),
    isShown: examples.some(example => {
      const text = tool.render(example)
      return variantsOf(example, path).some(variant => tool.render(variant) !== text)
    }),
  }))
}

interface Leaf {
  path: string[]
  leaf: JsonObject
}

/** A list of objects is followed into its objects; a list of anything else is a leaf. */
function leavesOf(schema: JsonObject, path: string[] = []): Leaf[] {
  const items = schema.items as JsonObject | undefined
  if (items?.properties) return leavesOf(items, [...path, '[]'])
  if (schema.properties === undefined) return [{ path, leaf: schema }]
  return Object.entries(schema.properties as Record<string, JsonObject>).flatMap(([name, inner]) =>
    leavesOf(inner, [...path, name]),
  )
}

/** The example with other values in one place. */
function variantsOf(value: JsonValue | undefined, path: readonly string[]): JsonValue[] {
  const [name, ...rest] = path
  if (value === undefined) return []
  if (name === undefined) return otherValues(value)
  if (name === '[]') {
    return (value as JsonValue[]).flatMap((item, index) =>
      variantsOf(item, rest).map(variant => (value as JsonValue[]).with(index, variant)),
    )
  }
  const object = value as JsonObject
  return variantsOf(object[name], rest).map(variant => ({ ...object, [name]: variant }))
}

function otherValues(value: JsonValue): JsonValue[] {
  if (typeof value === 'number') return [value + 1_000, 0]
  if (typeof value === 'boolean') return [!value]
  if (value === 'file') return ['directory']
  if (value === 'directory') return ['file']
  if (typeof value === 'string') return [`${value}…`]
  return Array.isArray(value) ? [[...value, ...value]] : []
}

function typeOf(leaf: JsonObject): string {
  if (Array.isArray(leaf.enum)) return leaf.enum.map(each => JSON.stringify(each)).join(' \\| ')
  return leaf.type === 'array' ? `${typeOf(leaf.items as JsonObject)}[]` : String(leaf.type)
}

function pathText(path: readonly string[]): string {
  return path.join('.').replaceAll('.[]', '[]')
}
