import { sha256 } from '../contracts/digest.ts'
import { type Preparation, refuseLength } from './prepare-script.ts'

/** A preparation, and whether it was known already. */
export interface CachedPreparation {
  preparation: Preparation
  isHit: boolean
}

interface CacheParts {
  entriesMax: number
  /** UTF-16 units of all sources kept. */
  lengthMax: number
  prepare(source: string): Promise<Preparation>
}

/** Prepared scripts by the hash of their source; the least recently used ones go first. */
export function createScriptCache(parts: CacheParts): (source: string) => Promise<CachedPreparation> {
  const entries = new Map<string, { preparation: Preparation; length: number }>()
  let length = 0

  function forget(key: string): void {
    length -= entries.get(key)?.length ?? 0
    entries.delete(key)
  }

  function keep(key: string, preparation: Preparation, sourceLength: number): void {
    forget(key)
    entries.set(key, { preparation, length: sourceLength })
    length += sourceLength
    while (entries.size > parts.entriesMax || length > parts.lengthMax) forget(entries.keys().next().value as string)
  }

  return async source => {
    const refusal = refuseLength(source)
    if (refusal !== undefined) return { preparation: refusal, isHit: false }
    const key = sha256(source)
    const known = entries.get(key)?.preparation
    const preparation = known ?? (await parts.prepare(source))
    const isWorthKeeping = preparation.ok || preparation.failure.class === 'parse'
    if (isWorthKeeping) keep(key, preparation, source.length)
    return { preparation, isHit: known !== undefined }
  }
}
