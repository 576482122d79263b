import { pathToFileURL } from 'node:url'
import type ts from 'typescript-5.9'
import { UserError } from '../../../src/contracts/errors.ts'
import { findTypeScript, TYPESCRIPT_REMEDY } from '../../../src/type-check/find-typescript.ts'

export type TypeScript = typeof ts

/** TypeScript as a library, which reads our sources. Rejects with a `UserError` where it is not installed. */
export async function loadTypeScript(): Promise<TypeScript> {
  const file = findTypeScript()
  if (file === undefined) {
    throw new UserError(
      'requirement-missing',
      `ports mutate needs TypeScript to read the sources; ${TYPESCRIPT_REMEDY}.`,
    )
  }
  const { default: typescript } = (await import(pathToFileURL(file).href)) as { default: TypeScript }
  return typescript
}
