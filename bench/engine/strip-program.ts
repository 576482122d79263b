import { stripTypeScriptTypes } from 'node:module'
import type { Program } from './contender.ts'

const HEAD = 'async () => {'

/** For engines that take JavaScript only: the text of an async function, stripped by Node if the program is TypeScript. */
export function programFunction({ source, isTyped }: Program): string {
  const text = `${HEAD}\n${source}\n}`
  return isTyped ? stripTypeScriptTypes(text) : text
}

/** Rejects when a program takes too long: what users of an engine without a limit have to write. */
export async function withinTime<Value>(timeoutMs: number, work: Promise<Value>): Promise<Value> {
  let timer: NodeJS.Timeout | undefined
  const timeUp = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs)
  })
  try {
    return await Promise.race([work, timeUp])
  } finally {
    clearTimeout(timer)
  }
}
