/** Which variables a command gets, as Codex's `shell_environment_policy`. */
export interface EnvironmentPolicy {
  /** Where to start from; `core` is what every shell needs. Default: all. */
  inherit?: 'all' | 'core' | 'none'
  /** Keeps names that look like secrets. */
  ignoresDefaultExcludes?: boolean
  /** Names to drop; `*` and `?` match any text and any character, upper and lower case are the same. */
  exclude?: readonly string[]
  /** Added after the names above were dropped. */
  set?: Readonly<Record<string, string>>
  /** Where it is not empty, nothing else stays. */
  includeOnly?: readonly string[]
}

const CORE = new Set(['HOME', 'LOGNAME', 'PATH', 'SHELL', 'USER', 'USERNAME', 'TMPDIR', 'TEMP', 'TMP'])
const DEFAULT_EXCLUDES = ['*KEY*', '*SECRET*', '*TOKEN*']

/** The variables that are left of a machine's, sorted by name. */
export function applyEnvironmentPolicy(
  variables: Readonly<Record<string, string>>,
  { inherit = 'all', ignoresDefaultExcludes = false, exclude = [], set = {}, includeOnly = [] }: EnvironmentPolicy,
): Record<string, string> {
  const excludes = [...(ignoresDefaultExcludes ? [] : DEFAULT_EXCLUDES), ...exclude].map(toPattern)
  const inherited = Object.entries(variables).filter(
    ([name]) => (inherit === 'all' || (inherit === 'core' && CORE.has(name))) && !excludes.some(one => one.test(name)),
  )
  const only = includeOnly.map(toPattern)
  const all = Object.entries({ ...Object.fromEntries(inherited), ...set })
  return sorted(all.filter(([name]) => only.length === 0 || only.some(one => one.test(name))))
}

/** By the bytes of their names, as programs started by Codex find them. */
function sorted(variables: [string, string][]): Record<string, string> {
  return Object.fromEntries(variables.sort(([left], [right]) => Buffer.compare(Buffer.from(left), Buffer.from(right))))
}

function toPattern(glob: string): RegExp {
  const parts = glob.replace(/\*+/g, '*').split(/([*?])/)
  const source = parts.map(part => {
    if (part === '*') return '[\\s\\S]*'
    return part === '?' ? '[\\s\\S]' : part.replace(/[.+^${}()|[\]\\]/g, '\\$&')
  })
  return new RegExp(`^${source.join('')}$`, 'iu')
}
