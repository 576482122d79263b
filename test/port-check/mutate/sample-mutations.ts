import { seededRandom } from '../../../src/base/random.ts'
import type { Mutation } from './mutation.ts'

/**
 * Some of the mutations, spread evenly over operators and files, at most one of an operator in a line. The same seed
 * takes the same ones; a change of the sources elsewhere does not take others.
 */
export function sampleMutations(mutations: readonly Mutation[], count: number, seed: string): Mutation[] {
  const taken = new Map<string, number>()
  const usesOf = (key: string) => taken.get(key) ?? 0
  let left = drawn(mutations, seed)
  const sample: Mutation[] = []
  while (sample.length < count && left.length > 0) {
    const cost = ({ operator, file }: Mutation) => usesOf(operator) + usesOf(file)
    const best = left.reduce((first, other) => (cost(other) < cost(first) ? other : first))
    sample.push(best)
    for (const key of [best.operator, best.file]) taken.set(key, usesOf(key) + 1)
    left = left.filter(
      ({ operator, file, line }) => operator !== best.operator || file !== best.file || line !== best.line,
    )
  }
  return sample
}

/** In random order; each mutation draws its own number, independent of the others. */
function drawn(mutations: readonly Mutation[], seed: string): Mutation[] {
  const lots = mutations.map(mutation => ({ mutation, lot: seededRandom(`${seed}/${keyOf(mutation)}`)() }))
  return lots.sort((left, right) => left.lot - right.lot).map(({ mutation }) => mutation)
}

function keyOf({ file, within, before, after, operator }: Mutation): string {
  return [file.replace(/\.[jt]s$/, ''), within, before, after, operator].join('\0')
}
