import type ts from 'typescript-5.9'
import type { TypeScript } from './virtual-host.ts'

const DEPTH_MAX = 6
/** Types of many members, each of many members, are not searched: they count as fitting. */
const COMPARISONS_MAX = 5_000

export interface Types {
  typescript: TypeScript
  checker: ts.TypeChecker
}

/**
 * Whether a value of one type may, at run time, be one of the other: more lenient than TypeScript's assignability.
 * A `string` may be one of the literals asked for, one member of a union may be the one that comes, `unknown` may be anything.
 */
export function mayFit({ typescript, checker }: Types, source: ts.Type, target: ts.Type): boolean {
  return fits({ typescript, checker, comparisons: 0 }, source, target, 0)
}

interface Comparison extends Types {
  comparisons: number
}

function fits(types: Comparison, source: ts.Type, target: ts.Type, depth: number): boolean {
  const { typescript } = types
  const { TypeFlags } = typescript
  const open = TypeFlags.Any | TypeFlags.Unknown | TypeFlags.Never | TypeFlags.Instantiable | TypeFlags.NonPrimitive
  const empty = TypeFlags.Null | TypeFlags.Undefined | TypeFlags.Void
  if (depth > DEPTH_MAX || ++types.comparisons > COMPARISONS_MAX || source === target) return true
  if (source.flags & (open | empty) || target.flags & open) return true
  if (source.isUnion()) return source.types.some(each => fits(types, each, target, depth + 1))
  if (target.isUnion()) return target.types.some(each => fits(types, source, each, depth + 1))
  if (target.isIntersection()) return target.types.every(each => fits(types, source, each, depth + 1))
  const kind = primitiveOf(typescript, source)
  if (kind !== undefined) return primitiveFits(types, source, target, kind)
  if (primitiveOf(typescript, target) !== undefined) return false
  return objectFits(types, source, target, depth)
}

type Primitive = 'string' | 'number' | 'boolean' | 'bigint' | 'symbol'

export function primitiveOf(typescript: TypeScript, { flags }: ts.Type): Primitive | undefined {
  const { TypeFlags } = typescript
  if (flags & TypeFlags.StringLike) return 'string'
  if (flags & TypeFlags.NumberLike) return 'number'
  if (flags & TypeFlags.BooleanLike) return 'boolean'
  if (flags & TypeFlags.BigIntLike) return 'bigint'
  return flags & TypeFlags.ESSymbolLike ? 'symbol' : undefined
}

function primitiveFits({ typescript, checker }: Types, source: ts.Type, target: ts.Type, kind: Primitive): boolean {
  const wanted = primitiveOf(typescript, target)
  if (wanted === undefined) {
    const isShapeless = target.getProperties().length === 0 && checker.getIndexInfosOfType(target).length === 0
    return isShapeless || checker.isTypeAssignableTo(source, target)
  }
  const areLiterals = isLiteral(typescript, source) && isLiteral(typescript, target)
  return kind === wanted && (!areLiterals || checker.isTypeAssignableTo(source, target))
}

function isLiteral({ TypeFlags }: TypeScript, { flags }: ts.Type): boolean {
  return (flags & (TypeFlags.Literal | TypeFlags.BooleanLiteral)) !== 0
}

function objectFits(types: Comparison, source: ts.Type, target: ts.Type, depth: number): boolean {
  const { checker } = types
  const awaited = [promised(checker, source), promised(checker, target)]
  if (awaited[0] !== undefined && awaited[1] !== undefined) return fits(types, awaited[0], awaited[1], depth + 1)
  const elements = elementOf(checker, target)
  if (elements !== undefined) {
    const given = elementOf(checker, source)
    return given !== undefined && fits(types, given, elements, depth + 1)
  }
  const [call] = source.getCallSignatures()
  const [wantedCall] = target.getCallSignatures()
  if (call !== undefined && wantedCall !== undefined) return firstParameterFits(types, call, wantedCall, depth)
  return target.getProperties().every(wanted => propertyFits(types, source, wanted, depth))
}

function propertyFits(types: Comparison, source: ts.Type, wanted: ts.Symbol, depth: number): boolean {
  const { checker, typescript } = types
  const given = checker.getPropertyOfType(source, wanted.name)
  if (given === undefined) {
    const isOptional = (wanted.flags & typescript.SymbolFlags.Optional) !== 0
    return isOptional || checker.getIndexInfosOfType(source).length > 0
  }
  return fits(types, checker.getTypeOfSymbol(given), checker.getTypeOfSymbol(wanted), depth + 1)
}

/** A function that takes what it will be given, as far as its first parameter shows. */
function firstParameterFits(types: Comparison, given: ts.Signature, wanted: ts.Signature, depth: number): boolean {
  const { checker } = types
  const [takes] = given.parameters
  const [gets] = wanted.parameters
  if (takes === undefined || gets === undefined) return true
  return fits(types, checker.getTypeOfSymbol(gets), checker.getTypeOfSymbol(takes), depth + 1)
}

/** The type of a list's elements; a union of its members for a tuple. */
export function elementOf(checker: ts.TypeChecker, type: ts.Type): ts.Type | undefined {
  if (!checker.isArrayType(type) && !checker.isTupleType(type)) return undefined
  return checker.getIndexInfosOfType(type).find(({ keyType }) => keyType === checker.getNumberType())?.type
}

/** What a promise is of. */
export function promised(checker: ts.TypeChecker, type: ts.Type): ts.Type | undefined {
  const name = type.symbol?.name
  return name === 'Promise' || name === 'PromiseLike'
    ? checker.getTypeArguments(type as ts.TypeReference)[0]
    : undefined
}
