import type ts from 'typescript-5.9'
import { primitiveOf } from './may-fit.ts'
import type { Reuse } from './reuse.ts'
import type { OriginParts, ToolOrigin } from './tool-origin.ts'

/** One of TypeScript's errors, and all it takes to judge it. */
export interface Scene extends OriginParts {
  /** The program that is checked. */
  file: ts.SourceFile
  origin: ToolOrigin
  reuse: Reuse
  diagnostic: ts.Diagnostic
  /** What TypeScript underlines. */
  node: ts.Node
}

/** Whether an error counts. */
export type Rule = (scene: Scene) => boolean

export function constituents(type: ts.Type): ts.Type[] {
  return type.isUnion() ? type.types : [type]
}

/** A type of the declarations, or a primitive or library value that came from a tool. */
export function isOfTools(scene: Scene, type: ts.Type, value: ts.Node | undefined): boolean {
  const { origin } = scene
  return (
    origin.isDeclaredType(type) || (isOfLibrary(scene, type) && value !== undefined && origin.comesFromTools(value))
  )
}

/** A string, a list, a promise, `{}`: nothing whose members the program itself declares. */
function isOfLibrary({ file, typescript }: Scene, type: ts.Type): boolean {
  if (type.flags & (typescript.TypeFlags.Any | typescript.TypeFlags.Unknown)) return false
  if (primitiveOf(typescript, type) !== undefined) return true
  return type.symbol?.declarations?.every(each => each.getSourceFile() !== file) ?? type.getProperties().length === 0
}
