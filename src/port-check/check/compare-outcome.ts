import type { JsonValue } from '../../contracts/json.ts'
import type { CaseOutcome, Observed } from '../corpus/corpus-kind.ts'
import type { Tree } from '../corpus/tree.ts'

export type DifferencePart = 'exit' | 'text' | 'result' | 'tree' | 'events'

/** One thing that a port did differently from upstream. A tree keeps only the paths that differ. */
export interface Difference {
  part: DifferencePart
  /** Which text, where there are several. */
  name?: string
  expected: JsonValue
  observed: JsonValue
}

/** What differs between upstream and a port; nothing if the run is identical. */
export function compareOutcome({ expected, observed }: CaseOutcome): Difference[] {
  return [
    ...differenceOf('exit', expected.exit, observed.exit),
    ...differenceOf('result', expected.result, observed.result),
    ...treeDifference(expected.tree, observed.tree),
    ...differenceOf('events', expected.events, observed.events),
    ...textDifferences(expected.texts ?? {}, observed.texts ?? {}),
  ]
}

/** Whether nothing but texts differ. */
export function isTextOnly(differences: readonly Difference[]): boolean {
  return differences.every(({ part }) => part === 'text')
}

function textDifferences(expected: Observed['texts'] & object, observed: Observed['texts'] & object): Difference[] {
  const names = new Set([...Object.keys(expected), ...Object.keys(observed)])
  return [...names].flatMap(name =>
    differenceOf('text', expected[name], observed[name]).map(difference => ({ ...difference, name })),
  )
}

function treeDifference(expected: Tree | undefined, observed: Tree | undefined): Difference[] {
  if (expected === undefined || observed === undefined) return []
  const paths = [...new Set([...Object.keys(expected), ...Object.keys(observed)])]
  const different = paths.filter(path => canonical(expected[path]) !== canonical(observed[path])).sort()
  if (different.length === 0) return []
  const only = (tree: Tree) => Object.fromEntries(different.map(path => [path, (tree[path] ?? null) as JsonValue]))
  return [{ part: 'tree', expected: only(expected), observed: only(observed) }]
}

function differenceOf(
  part: DifferencePart,
  expected: JsonValue | undefined,
  observed: JsonValue | undefined,
): Difference[] {
  return canonical(expected) === canonical(observed)
    ? []
    : [{ part, expected: expected ?? null, observed: observed ?? null }]
}

/** JSON with sorted keys, so that order of keys means nothing. */
function canonical(value: unknown): string {
  return (
    JSON.stringify(value, (_, inner: unknown) =>
      typeof inner === 'object' && inner !== null && !Array.isArray(inner)
        ? Object.fromEntries(Object.entries(inner).sort(([left], [right]) => (left < right ? -1 : 1)))
        : inner,
    ) ?? ''
  )
}
