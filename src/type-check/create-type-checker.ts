import { pathToFileURL } from 'node:url'
import type { TypeCheck, TypeChecker } from '../contracts/script.ts'
import { type CheckAnswer, type CheckerProcess, startCheckerProcess } from './checker-process.ts'
import { findTypeScript, TYPESCRIPT_REMEDY } from './find-typescript.ts'

export interface TypeCheckerOptions {
  /** A check that takes longer is given up, and its process with it. The start does not count. */
  deadlineMs?: number
  /** Folders to look for the package `typescript-5.9` in; next to this package and in the working folder by default. */
  folders?: readonly string[]
}

const DEADLINE_MS = 10_000

/**
 * TypeScript's own checker, in a process of its own that starts with the first check and stays warm. The process knows
 * nothing of this one's environment; idle, it keeps nothing alive.
 */
export function createTypeChecker({ deadlineMs = DEADLINE_MS, folders }: TypeCheckerOptions = {}): TypeChecker {
  let current: CheckerProcess | undefined
  let queue: Promise<unknown> = Promise.resolve()
  let isClosed = false

  async function ask(source: string, declarations: string): Promise<CheckAnswer> {
    if (isClosed) return unavailable('the type checker was closed')
    if (current?.isAlive !== true) {
      const file = findTypeScript(folders?.map(folder => pathToFileURL(`${folder}/`).href))
      if (file === undefined) return unavailable(`TypeScript is not installed; ${TYPESCRIPT_REMEDY}`)
      current = startCheckerProcess(file)
    }
    return current.check(source, declarations, deadlineMs)
  }

  return {
    async check(source, declarations): Promise<TypeCheck> {
      const startedMs = performance.now()
      const answer = queue
        .then(() => ask(source, declarations))
        .catch(error => unavailable(`the type checker failed: ${error}`))
      queue = answer
      const known = await answer
      return known.kind === 'checked' ? { ...known, ms: performance.now() - startedMs } : known
    },
    async close() {
      isClosed = true
      await current?.end()
    },
  }
}

function unavailable(message: string): CheckAnswer {
  return { kind: 'unavailable', message }
}
