import { sha256 } from '../contracts/digest.ts'
import { type Preparation, prepareScript } from './prepare-script.ts'

/** Prepared scripts by the hash of their source; the least recently used ones go first. */
export function createScriptCache(entriesMax: number): (source: string) => Preparation {
  const entries = new Map<string, Preparation>()
  return source => {
    const key = sha256(source)
    const known = entries.get(key)
    const preparation = known ?? prepareScript(source)
    entries.delete(key)
    entries.set(key, preparation)
    if (entries.size > entriesMax) entries.delete(entries.keys().next().value as string)
    return preparation
  }
}
