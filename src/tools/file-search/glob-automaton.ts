import type { ByteSet, GlobPart } from './ignore-glob.ts'

/** Matches many globs in one pass over the bytes of a path, whatever the globs are. */
export interface GlobAutomaton {
  /** The places of the globs that match a whole path, given one character for each byte; ascending. */
  matches(path: string): readonly number[]
}

/** Where the globs can be after some bytes. A place reads a byte, or is left for all of `nexts` without reading. */
interface Places {
  sets: (ByteSet | undefined)[]
  /** None for the end of a glob. */
  nexts: number[][]
}

/** All the places that can be reached by the same bytes. */
interface State {
  reading: Int32Array
  matches: readonly number[]
  next: (State | undefined)[]
}

/** The memory that known states can take; after that they are dropped. */
const STATES_SIZE_MAX = 1_000_000
const STATE_SIZE = 256
/** A state of more places than this is so unlikely to be reached by another way that it is not looked for. */
const SHARED_PLACES_MAX = 1_000

export function createGlobAutomaton(globs: readonly (readonly GlobPart[])[]): GlobAutomaton {
  const places: Places = { sets: globs.map(() => undefined), nexts: globs.map(() => []) }
  const starts = globs.map((parts, index) => addParts(places, parts, index))
  const settle = createSettler(places)
  let states = new Map<string, State>()
  let size = 0

  const stateOf = (reached: Iterable<number>): State => {
    const { ends, reading } = settle(reached)
    const key = reading.length > SHARED_PLACES_MAX ? undefined : `${ends.sort()}:${reading.sort()}`
    const known = key === undefined ? undefined : states.get(key)
    if (known) return known
    const state: State = { reading, matches: [...ends.sort()], next: [] }
    if (key !== undefined) states.set(key, state)
    size += reading.length + ends.length + STATE_SIZE
    return state
  }
  const after = ({ reading }: State, byte: number): State => {
    const reached: number[] = []
    for (const place of reading) if (places.sets[place]?.[byte] === 1) reached.push(places.nexts[place]?.[0] as number)
    return stateOf(reached)
  }
  let start = stateOf(starts)
  return {
    matches(path) {
      if (size > STATES_SIZE_MAX) {
        states = new Map()
        size = 0
        start = stateOf(starts)
      }
      let state = start
      for (let index = 0; index < path.length; index++) {
        const byte = path.charCodeAt(index)
        const next = state.next[byte] ?? after(state, byte)
        state.next[byte] = next
        if (next.reading.length === 0 && index < path.length - 1) return []
        state = next
      }
      return state.matches
    },
  }
}

/** Adds the parts so that they lead to a place; the place where they begin. */
function addParts(places: Places, parts: readonly GlobPart[], end: number): number {
  return parts.reduceRight((next, part) => addPart(places, part, next), end)
}

function addPart(places: Places, part: GlobPart, next: number): number {
  switch (part.kind) {
    case 'byte':
      return addPlace(places, part.set, [next])
    case 'bytes': {
      const loop = addPlace(places, undefined, [next])
      places.nexts[loop]?.push(addPlace(places, part.set, [loop]))
      return loop
    }
    case 'choice':
      return addPlace(
        places,
        undefined,
        part.of.map(parts => addParts(places, parts, next)),
      )
  }
}

function addPlace({ sets, nexts }: Places, set: ByteSet | undefined, next: number[]): number {
  sets.push(set)
  return nexts.push(next) - 1
}

/** Finds the ends and the places that read a byte among those that are reached without reading any. */
function createSettler({ sets, nexts }: Places): (from: Iterable<number>) => { ends: Int32Array; reading: Int32Array } {
  const seenIn = new Int32Array(sets.length)
  const open = new Int32Array(sets.length)
  const ends = new Int32Array(sets.length)
  const reading = new Int32Array(sets.length)
  let round = 0
  return from => {
    round++
    let openCount = 0
    let endCount = 0
    let readingCount = 0
    const enter = (place: number) => {
      if (seenIn[place] === round) return
      seenIn[place] = round
      if (sets[place]) reading[readingCount++] = place
      else if (nexts[place]?.length === 0) ends[endCount++] = place
      else open[openCount++] = place
    }
    for (const place of from) enter(place)
    while (openCount > 0) for (const place of nexts[open[--openCount] as number] ?? []) enter(place)
    return { ends: ends.slice(0, endCount), reading: reading.slice(0, readingCount) }
  }
}
