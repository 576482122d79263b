import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { hint } from '../base/did-you-mean.ts'
import { sha256 } from '../base/digest.ts'
import type { Problem } from '../base/explain-issues.ts'
import { BUILT_IN_FACTORS, type BuiltInFactor, type Factor } from '../contracts/arm.ts'
import type { SuiteFile } from './suite-schema.ts'

/** Names that mean something else in a trial; a factor with that name would hide a column. */
const RESERVED = ['task', 'model', 'repeat', 'block', 'position', 'outcome', 'custom', 'trial']

export function isBuiltInFactor(name: string): name is BuiltInFactor {
  return Object.hasOwn(BUILT_IN_FACTORS, name)
}

/** What is wrong with a factor's levels, in words; nothing when all is well. */
export function levelProblem(name: string, levels: readonly string[]): string | undefined {
  const twice = levels.find((level, index) => levels.indexOf(level) !== index)
  if (twice !== undefined) return `level "${twice}" is a duplicate; expected each level once`
  if (!isBuiltInFactor(name)) return undefined
  const known: readonly string[] = BUILT_IN_FACTORS[name]
  const strange = levels.find(level => !known.includes(level))
  return strange === undefined ? undefined : `"${strange}" is not a level of ${name}${hint(strange, known)}`
}

/** The words for a factor that neither is built in nor has a module. */
export function unknownFactor(name: string, others: readonly string[] = []): string {
  const known = [...new Set([...Object.keys(BUILT_IN_FACTORS), ...others])]
  return `unknown factor "${name}"${hint(name, known)} (to add your own factor, write {module: ./file.ts, levels: [a, b]})`
}

type WrittenFactor = string[] | { module: string; levels: string[] }

/** Reads the factors of a suite file; a custom factor's module is read for its digest, not run. */
export async function readFactors(
  file: string,
  written: SuiteFile['factors'],
): Promise<{ factors: Factor[]; problems: Problem[] }> {
  const factors: Factor[] = []
  const problems: Problem[] = []
  for (const [name, value] of Object.entries(written) as [string, WrittenFactor | undefined][]) {
    if (value === undefined) continue
    const path = ['factors', name]
    const levels = Array.isArray(value) ? value : value.levels
    const wrongLevels = levelProblem(name, levels)
    if (wrongLevels) problems.push({ path, message: wrongLevels })
    if (Array.isArray(value)) {
      factors.push({ name, levels })
      continue
    }
    const wrongName = nameProblem(name)
    if (wrongName) problems.push({ path, message: wrongName, isKey: true })
    const module = resolve(dirname(file), value.module)
    const content = await readFile(module).catch(() => undefined)
    if (content) factors.push({ name, levels, module, digest: sha256(content) })
    else
      problems.push({
        path: [...path, 'module'],
        message: `expected the path of a module, found no file at ${value.module}`,
      })
  }
  return { factors, problems }
}

function nameProblem(name: string): string | undefined {
  if (RESERVED.includes(name) || name in Object.prototype)
    return `"${name}" is reserved; expected another name for this factor`
  return /^[a-z][A-Za-z0-9]*$/.test(name) ? undefined : 'expected a camelCase name of letters and digits'
}
