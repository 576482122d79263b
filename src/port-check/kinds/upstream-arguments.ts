import type { JsonObject, JsonValue } from '../../contracts/json.ts'

/** A field of an upstream tool's arguments: its name there, ours, and whether `null` counts as left out. */
interface Field {
  upstream: string
  aliases?: readonly string[]
  ours: string
  isNullable?: true
  fields?: readonly Field[]
}

const field = (upstream: string, ours: string): Field => ({ upstream, ours })
const nullable = (upstream: string, ours: string): Field => ({ upstream, ours, isNullable: true })

const INDENTATION: readonly Field[] = [
  nullable('anchor_line', 'anchorLine'),
  field('max_levels', 'maxLevels'),
  field('include_siblings', 'includeSiblings'),
  field('include_header', 'includeHeader'),
  nullable('max_lines', 'maxLines'),
]

/** In upstream's order, in which it also takes them from a JSON array. */
const ARGUMENTS = {
  readFile: [
    field('file_path', 'filePath'),
    field('offset', 'offset'),
    field('limit', 'limit'),
    field('mode', 'mode'),
    { ...nullable('indentation', 'indentation'), fields: INDENTATION },
  ],
  listDir: [field('dir_path', 'dirPath'), field('offset', 'offset'), field('limit', 'limit'), field('depth', 'depth')],
  grepFiles: [
    field('pattern', 'pattern'),
    nullable('include', 'include'),
    nullable('path', 'path'),
    field('limit', 'limit'),
  ],
  exec: [
    field('command', 'command'),
    nullable('workdir', 'cwd'),
    { ...nullable('timeout_ms', 'timeoutMs'), aliases: ['timeout'] },
    nullable('with_escalated_permissions', 'withEscalatedPermissions'),
    nullable('justification', 'justification'),
  ],
} satisfies Record<string, readonly Field[]>

export type ArgumentsTool = keyof typeof ARGUMENTS

/** How every message about arguments that cannot be read begins; what follows is the parser's own wording. */
export const ARGUMENTS_REFUSED = 'failed to parse function arguments: '

/**
 * The text of upstream's arguments → arguments in our names; undefined for a text that has no such value: no JSON, a
 * field given twice. A number that upstream's integers do not take is handed on as text, so that a port refuses it too.
 */
export function readUpstreamArguments(tool: ArgumentsTool, text: string): JsonValue | undefined {
  try {
    const value: JsonValue = JSON.parse(text, (_, parsed: JsonValue, context?: { source?: string }) =>
      typeof parsed === 'number' && !isUnsignedOrSmall(context?.source ?? '')
        ? (context?.source ?? '')
        : wellFormed(parsed),
    )
    const fields: readonly Field[] = ARGUMENTS[tool]
    return hasFieldTwice(text, fields) ? undefined : renamed(value, fields)
  } catch {
    return undefined
  }
}

/** What the largest integer of 64 bits, 18446744073709551615, has become once JavaScript has read it. */
const LARGEST_AS_READ = String(Number(2n ** 64n - 1n))

/** Integers as JSON writes them, up to 64 bits; anything else upstream reads as a floating point number. */
function isUnsignedOrSmall(source: string): boolean {
  if (!/^(?:\d+|-[1-9]\d*)$/.test(source)) return false
  const value = BigInt(source)
  return (value < 2n ** 64n || source === LARGEST_AS_READ) && value >= -(2n ** 63n)
}

function wellFormed(value: JsonValue): JsonValue {
  if (typeof value === 'string' && !value.isWellFormed()) throw new SyntaxError('a lone surrogate')
  return value
}

function renamed(value: JsonValue, fields: readonly Field[]): JsonValue {
  if (Array.isArray(value)) return renamed(Object.fromEntries(fields.flatMap(pairedWith(value))), fields)
  if (value === null || typeof value !== 'object') return value
  const ours: JsonObject = {}
  for (const [name, given] of Object.entries(value)) {
    const known = fields.find(({ upstream, aliases = [] }) => upstream === name || aliases.includes(name))
    if (known?.isNullable && given === null) continue
    ours[known?.ours ?? name] = known?.fields ? renamed(given, known.fields) : given
  }
  return ours
}

function pairedWith(values: readonly JsonValue[]): (field: Field, index: number) => [string, JsonValue][] {
  return ({ upstream }, index) => (index < values.length ? [[upstream, values[index] as JsonValue]] : [])
}

/** `JSON.parse` keeps the last of two equal keys; upstream refuses them, of the fields it knows. */
function hasFieldTwice(json: string, fields: readonly Field[]): boolean {
  const open: { seen: Set<string>; fields: readonly Field[]; key?: Field | undefined }[] = []
  const tokens = [...json.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]:,]/g)].map(([token]) => token)
  for (const [index, token] of tokens.entries()) {
    const top = open.at(-1)
    if (token === '{') open.push({ seen: new Set(), fields: open.length === 0 ? fields : (top?.key?.fields ?? []) })
    else if (token === '[') open.push({ seen: new Set(), fields: [] })
    else if (token === '}' || token === ']') open.pop()
    else if (token.startsWith('"') && tokens[index + 1] === ':' && top) {
      const name = JSON.parse(token) as string
      top.key = top.fields.find(({ upstream, aliases = [] }) => upstream === name || aliases.includes(name))
      if (top.key && top.seen.has(top.key.ours)) return true
      if (top.key) top.seen.add(top.key.ours)
    }
  }
  return false
}
