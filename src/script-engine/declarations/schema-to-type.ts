import type { JsonSchema, JsonValue } from '../../contracts/json.ts'
import { documentation, keyOf, literalType } from './type-text.ts'

/** How often a schema can lead back to itself before the type becomes `unknown`. */
const REFERENCE_DEPTH_MAX = 2
/** How deep types nest; where the whole would still become too large, the next smaller bound applies. */
const DEPTHS = [12, 8, 5, 3, 2, 1]
const PARTS_MAX = 1_000
const PROPERTIES_MAX = 200
const CHOICES_MAX = 100
const INDENT = '  '

/** Types that need parentheses before `[]` or next to `&` say so. */
interface TypeText {
  text: string
  isCompound?: true
}

interface Place {
  root: JsonSchema
  indent: string
  /** Levels that can still follow. */
  depthLeft: number
  /** The references on the way here. */
  references: readonly string[]
  /** Shared by all places of one type. */
  parts: { count: number }
}

const UNKNOWN: TypeText = { text: 'unknown' }

const isSchema = (value: JsonValue | undefined): value is JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const schemasOf = (value: JsonValue | undefined): JsonSchema[] => (Array.isArray(value) ? value.filter(isSchema) : [])

/** A TypeScript type for a JSON Schema, bounded in size; what TypeScript cannot say is left out, never wrong. */
export function schemaToType(schema: JsonSchema, indent = ''): string {
  let { text } = UNKNOWN
  for (const depthLeft of DEPTHS) {
    const parts = { count: 0 }
    text = typeOf(schema, { root: schema, indent, depthLeft, references: [], parts }).text
    if (parts.count <= PARTS_MAX) break
  }
  return text
}

function typeOf(schema: JsonValue | undefined, place: Place): TypeText {
  place.parts.count += 1
  if (schema === false) return { text: 'never' }
  if (!isSchema(schema) || place.depthLeft < 0 || place.parts.count > PARTS_MAX) return UNKNOWN
  const deeper = { ...place, depthLeft: place.depthLeft - 1 }
  if (typeof schema.$ref === 'string') return referenced(schema.$ref, deeper)
  if ('const' in schema) return { text: literalType(schema.const) }
  if (Array.isArray(schema.enum)) return union(enumTypes(schema.enum))
  const choices = [...schemasOf(schema.anyOf), ...schemasOf(schema.oneOf)]
  if (choices.length > CHOICES_MAX) return UNKNOWN
  if (choices.length > 0) return union(choices.map(choice => typeOf(choice, deeper)))
  const parts = schemasOf(schema.allOf)
  if (parts.length > 0) return intersection(parts.map(part => typeOf(part, deeper)))
  const names = Array.isArray(schema.type) ? schema.type : [schema.type]
  const type = union(names.map(name => namedType(name, schema, deeper)))
  return schema.nullable === true ? union([type, { text: 'null' }]) : type
}

function referenced(reference: string, place: Place): TypeText {
  const uses = place.references.filter(each => each === reference).length
  if (uses >= REFERENCE_DEPTH_MAX || !reference.startsWith('#')) return UNKNOWN
  let target: JsonValue | undefined = place.root
  for (const step of reference.slice(1).split('/').filter(Boolean)) {
    const key = unescapePointer(step)
    target = isSchema(target) && Object.hasOwn(target, key) ? target[key] : undefined
  }
  return typeOf(target, { ...place, references: [...place.references, reference] })
}

/** RFC 6901, section 6, in a URI fragment. */
function unescapePointer(step: string): string {
  const plain = step.replace(/(?:%[\da-f]{2})+/gi, bytes => Buffer.from(bytes.replaceAll('%', ''), 'hex').toString())
  return plain.replaceAll('~1', '/').replaceAll('~0', '~')
}

function namedType(name: JsonValue | undefined, schema: JsonSchema, place: Place): TypeText {
  switch (name) {
    case 'string':
    case 'boolean':
    case 'null':
    case 'number':
      return { text: name }
    case 'integer':
      return { text: 'number' }
    case 'array':
      return arrayType(schema, place)
    case 'object':
      return objectType(schema, place)
    default:
      return isSchema(schema.properties) ? objectType(schema, place) : UNKNOWN
  }
}

function arrayType(schema: JsonSchema, place: Place): TypeText {
  const fixed = schemasOf(schema.prefixItems)
  if (fixed.length === 0 || fixed.length > CHOICES_MAX) return { text: `${grouped(typeOf(schema.items, place))}[]` }
  const required = typeof schema.minItems === 'number' ? schema.minItems : fixed.length
  const members = fixed.map((item, index) => {
    const type = typeOf(item, place)
    return index < required ? type.text : `${grouped(type)}?`
  })
  const rest = isSchema(schema.items) ? [`...${grouped(typeOf(schema.items, place))}[]`] : []
  return { text: `[${[...members, ...rest].join(', ')}]` }
}

function objectType(schema: JsonSchema, place: Place): TypeText {
  const properties = Object.entries(isSchema(schema.properties) ? schema.properties : {})
  const required = new Set(Array.isArray(schema.required) ? schema.required : [])
  const others = schema.additionalProperties
  if (properties.length === 0) return recordType(schema, place)
  const indent = place.indent + INDENT
  const lines = properties.slice(0, PROPERTIES_MAX).map(([name, property]) => {
    const mark = required.has(name) ? '' : '?'
    const { text } = typeOf(property, { ...place, indent })
    return `${isSchema(property) ? documentation(describe(property), indent) : ''}${indent}${keyOf(name)}${mark}: ${text}`
  })
  const hasOthers = isSchema(others) && Object.keys(others).length > 0
  if (hasOthers || properties.length > PROPERTIES_MAX) lines.push(`${indent}[key: string]: unknown`)
  return { text: `{\n${lines.join('\n')}\n${place.indent}}` }
}

function recordType({ additionalProperties: others, propertyNames, required }: JsonSchema, place: Place): TypeText {
  if (!isSchema(others)) return { text: 'Record<string, unknown>' }
  const value = typeOf(others, place).text
  const names = isSchema(propertyNames) && Array.isArray(propertyNames.enum) ? propertyNames.enum : []
  if (names.length === 0 || names.length > CHOICES_MAX) return { text: `Record<string, ${value}>` }
  const record = `Record<${union(enumTypes(names)).text}, ${value}>`
  const areRequired = Array.isArray(required) && names.every(name => required.includes(name))
  return { text: areRequired ? record : `Partial<${record}>` }
}

/** The description with the default, the one constraint worth its tokens. */
function describe(schema: JsonSchema): string {
  const text = typeof schema.description === 'string' ? schema.description : ''
  return schema.default === undefined ? text : `${text} Default: ${JSON.stringify(schema.default)}.`.trim()
}

/** For a very long list, only the kinds of its members. */
function enumTypes(values: readonly JsonValue[]): TypeText[] {
  if (values.length <= CHOICES_MAX) return values.map(value => ({ text: literalType(value) }))
  return values.map(value => ({ text: value === null ? 'null' : typeof value === 'object' ? 'unknown' : typeof value }))
}

function union(types: readonly TypeText[]): TypeText {
  const distinct = [...new Map(types.map(type => [type.text, type])).values()]
  const [only] = distinct
  if (only === undefined || distinct.some(({ text }) => text === UNKNOWN.text)) return UNKNOWN
  return distinct.length === 1 ? only : { text: distinct.map(({ text }) => text).join(' | '), isCompound: true }
}

function intersection(types: readonly TypeText[]): TypeText {
  const [only] = types
  return types.length === 1 && only !== undefined ? only : { text: types.map(grouped).join(' & '), isCompound: true }
}

function grouped({ text, isCompound }: TypeText): string {
  return isCompound ? `(${text})` : text
}
