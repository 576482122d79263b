import type { JsonSchema, JsonValue } from '../contracts/json.ts'

/** How often a schema may lead back to itself before the type becomes `unknown`. */
const REFERENCE_DEPTH_MAX = 2
const DEPTH_MAX = 12
const INDENT = '  '

interface Place {
  root: JsonSchema
  indent: string
  depth: number
  /** The references on the way here. */
  references: readonly string[]
}

const isSchema = (value: JsonValue | undefined): value is JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const schemasOf = (value: JsonValue | undefined): JsonSchema[] => (Array.isArray(value) ? value.filter(isSchema) : [])

/** A TypeScript type for a JSON Schema; what TypeScript cannot say is left out, never wrong. */
export function schemaToType(schema: JsonSchema, indent = ''): string {
  return typeOf(schema, { root: schema, indent, depth: 0, references: [] })
}

function typeOf(schema: JsonValue | undefined, place: Place): string {
  if (schema === false) return 'never'
  if (!isSchema(schema) || place.depth > DEPTH_MAX) return 'unknown'
  const deeper = { ...place, depth: place.depth + 1 }
  if (typeof schema.$ref === 'string') return referenced(schema.$ref, deeper)
  if ('const' in schema) return literal(schema.const)
  if (Array.isArray(schema.enum)) return union(schema.enum.map(literal))
  const choices = [...schemasOf(schema.anyOf), ...schemasOf(schema.oneOf)]
  if (choices.length > 0) return union(choices.map(choice => typeOf(choice, deeper)))
  const parts = schemasOf(schema.allOf)
  if (parts.length > 0) return parts.map(part => grouped(typeOf(part, deeper))).join(' & ')
  const names = Array.isArray(schema.type) ? schema.type : [schema.type]
  const type = union(names.map(name => namedType(name, schema, deeper)))
  return schema.nullable === true ? union([type, 'null']) : type
}

function referenced(reference: string, place: Place): string {
  const uses = place.references.filter(each => each === reference).length
  if (uses >= REFERENCE_DEPTH_MAX || !reference.startsWith('#')) return 'unknown'
  let target: JsonValue | undefined = place.root
  for (const step of reference.slice(1).split('/').filter(Boolean)) {
    const key = decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~')
    target = isSchema(target) && Object.hasOwn(target, key) ? target[key] : undefined
  }
  return typeOf(target, { ...place, references: [...place.references, reference] })
}

function namedType(name: JsonValue | undefined, schema: JsonSchema, place: Place): string {
  switch (name) {
    case 'string':
    case 'boolean':
    case 'null':
    case 'number':
      return name
    case 'integer':
      return 'number'
    case 'array':
      return arrayType(schema, place)
    case 'object':
      return objectType(schema, place)
    default:
      return isSchema(schema.properties) ? objectType(schema, place) : 'unknown'
  }
}

function arrayType(schema: JsonSchema, place: Place): string {
  const fixed = schemasOf(schema.prefixItems)
  if (fixed.length > 0) {
    const rest = isSchema(schema.items) ? [`...${grouped(typeOf(schema.items, place))}[]`] : []
    return `[${[...fixed.map(item => typeOf(item, place)), ...rest].join(', ')}]`
  }
  return `${grouped(typeOf(schema.items, place))}[]`
}

function objectType(schema: JsonSchema, place: Place): string {
  const properties = isSchema(schema.properties) ? schema.properties : {}
  const required = new Set(Array.isArray(schema.required) ? schema.required : [])
  const indent = place.indent + INDENT
  const lines = Object.entries(properties).map(([name, property]) => {
    const mark = required.has(name) ? '' : '?'
    const type = typeOf(property, { ...place, indent })
    return `${isSchema(property) ? documentation(describe(property), indent) : ''}${indent}${keyOf(name)}${mark}: ${type}`
  })
  const others = schema.additionalProperties
  if (lines.length === 0)
    return isSchema(others) ? `Record<string, ${typeOf(others, place)}>` : 'Record<string, unknown>'
  if (isSchema(others) && Object.keys(others).length > 0) lines.push(`${indent}[key: string]: unknown`)
  return `{\n${lines.join('\n')}\n${place.indent}}`
}

/** The description with the default, the one constraint worth its tokens. */
function describe(schema: JsonSchema): string {
  const text = typeof schema.description === 'string' ? schema.description : ''
  return schema.default === undefined ? text : `${text} Default: ${JSON.stringify(schema.default)}.`.trim()
}

/** A JSDoc comment with its line end, or nothing. */
export function documentation(text: string, indent: string): string {
  const lines = text.trim().replaceAll('*/', '*\\/').split('\n')
  if (lines[0] === '') return ''
  if (lines.length === 1) return `${indent}/** ${lines[0]} */\n`
  return `${indent}/**\n${lines.map(line => `${indent} * ${line}`.trimEnd()).join('\n')}\n${indent} */\n`
}

function keyOf(name: string): string {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) ? name : JSON.stringify(name)
}

function literal(value: JsonValue | undefined): string {
  return typeof value === 'object' && value !== null ? 'unknown' : (JSON.stringify(value) ?? 'unknown')
}

function union(types: readonly string[]): string {
  const distinct = [...new Set(types)]
  return distinct.includes('unknown') || distinct.length === 0 ? 'unknown' : distinct.join(' | ')
}

function grouped(type: string): string {
  return / [|&] /.test(type) && !type.startsWith('{') ? `(${type})` : type
}
