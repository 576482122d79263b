import type { FailureSite, SiteKind } from './site-walk.ts'

export interface RawFailure {
  /** The offset at which QuickJS points. */
  offset: number
  message: string
  /** It was thrown inside a built-in function that the script called. */
  isNative: boolean
}

/** Which steps fail with a message; its group names the member or variable. */
const KINDS: [message: RegExp, kinds: readonly SiteKind[]][] = [
  [/^cannot convert to object$/, ['destructure', 'delete']],
  [/^cannot read property 'Symbol\.iterator' of|^value is not iterable/, ['iterate']],
  [/^iterator must return an object$/, ['next', 'iterate']],
  [/^cannot read property '(?<name>.*)' of/s, ['read']],
  [/^cannot set property '(?<name>.*)' of|^no setter for property|^object is not extensible/s, ['set']],
  [/^'(?<name>.*)' is read-only$/s, ['assign', 'set']],
  [/^'(?<name>.*)' is not defined$|^(?<early>.*) is not initialized$/s, ['name', 'assign']],
  [/^not a (?:function|constructor)$/, ['call']],
  // Time runs out where a loop begins again, or in a call.
  [/^interrupted$/, ['loop']],
]

/** Any step, with those first that fail in the most ways. */
const ANY: readonly SiteKind[] = ['call', 'operator', 'read', 'name', 'iterate']
const IN_BUILT_IN: readonly SiteKind[] = ['call', 'iterate', 'operator', 'destructure']

/** Where V8 would place a failure of this program: the first step that fits it where QuickJS points. */
export function findSite(sites: readonly FailureSite[], { offset, message, isNative }: RawFailure): number {
  const rule = isNative ? undefined : KINDS.find(([pattern]) => pattern.test(message))
  if (rule !== undefined) {
    const [pattern, kinds] = rule
    const groups = pattern.exec(message)?.groups
    const name = groups?.name ?? groups?.early
    const fits = (site: FailureSite) =>
      kinds.includes(site.kind) && (name === undefined || site.name === undefined || site.name === name)
    const found = sites.find(site => site.noted === offset && fits(site)) ?? constant(sites, offset, message)
    if (found !== undefined) return found.at
  }
  for (const kind of isNative ? IN_BUILT_IN : ANY) {
    const found = sites.find(site => site.noted === offset && site.kind === kind)
    if (found !== undefined) return found.at
  }
  return offset
}

/**
 * A constant that is given a value: QuickJS points at the end of the code that can no longer be reached then, up to the
 * next branch. The first of the changes there is meant.
 */
function constant(sites: readonly FailureSite[], offset: number, message: string): FailureSite | undefined {
  const name = /^'(.*)' is read-only$/s.exec(message)?.[1]
  const changes = sites.filter(({ kind, at, name: each }) => kind === 'assign' && each === name && at <= offset)
  const last = changes.at(-1)
  return changes.find(({ stretch }) => stretch === last?.stretch)
}
