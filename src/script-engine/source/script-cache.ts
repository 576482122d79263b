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

/** Prepared scripts by their source; the least recently used ones go first. */
export function createScriptCache(parts: CacheParts): (source: string) => Promise<CachedPreparation> {
  const entries = new Map<string, Preparation>()
  let length = 0

  function forget(source: string): void {
    if (entries.delete(source)) length -= source.length
  }

  function keep(source: string, preparation: Preparation): void {
    forget(source)
    entries.set(source, preparation)
    length += source.length
    while (entries.size > parts.entriesMax || length > parts.lengthMax) forget(entries.keys().next().value as string)
  }

  return async source => {
    const refusal = refuseLength(source)
    if (refusal !== undefined) return { preparation: refusal, isHit: false }
    const known = entries.get(source)
    const preparation = known ?? (await parts.prepare(source))
    const isWorthKeeping = preparation.ok || preparation.failure.class === 'parse'
    if (isWorthKeeping) keep(source, preparation)
    return { preparation, isHit: known !== undefined }
  }
}
