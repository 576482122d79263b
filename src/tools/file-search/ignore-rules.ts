import { lstat, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import ignore, { type Ignore } from 'ignore'

/** The ignore files of one folder, and those of the folders above it. */
export interface IgnoreRules {
  readonly parent?: IgnoreRules
  /** Of this folder, relative to the search's root; empty or ending in a slash. */
  readonly prefix: string
  readonly isGitRoot: boolean
  readonly plain?: Ignore
  readonly git?: Ignore
  readonly exclude?: Ignore
}

export interface FolderFiles {
  /** On this machine. */
  path: string
  prefix: string
  names: ReadonlySet<string>
}

/** Reads `.ignore`, and `.gitignore` with `.git/info/exclude`, where a folder has them. */
export async function readIgnoreRules(
  { path, prefix, names }: FolderFiles,
  parent?: IgnoreRules,
): Promise<IgnoreRules> {
  const isGitRoot = names.has('.git')
  const read = async (name: string) => rulesOf(join(path, name))
  const plain = names.has('.ignore') ? await read('.ignore') : undefined
  const git = names.has('.gitignore') ? await read('.gitignore') : undefined
  const exclude = isGitRoot ? await read('.git/info/exclude') : undefined
  return {
    prefix,
    isGitRoot,
    ...(parent && { parent }),
    ...(plain && { plain }),
    ...(git && { git }),
    ...(exclude && { exclude }),
  }
}

const RULES_BYTES_MAX = 1024 * 1024

/** A symlink, a named pipe or a file of absurd size is no ignore file. */
async function rulesOf(path: string): Promise<Ignore | undefined> {
  try {
    const found = await lstat(path)
    if (!found.isFile() || found.size > RULES_BYTES_MAX) return undefined
    return ignore({ ignorecase: false, allowRelativePaths: true }).add(await readFile(path, 'utf8'))
  } catch {
    return undefined
  }
}

/** Whether an entry is hidden by the rules. The nearest rule decides; `.ignore` beats git's; git's count in a repository only. */
export function isIgnored(rules: IgnoreRules, path: string, isDirectory: boolean): boolean {
  const verdict =
    nearest(rules, path, { isDirectory, kind: 'plain' }) ??
    (isInRepository(rules)
      ? (nearest(rules, path, { isDirectory, kind: 'git' }) ?? nearest(rules, path, { isDirectory, kind: 'exclude' }))
      : undefined)
  return verdict === 'ignored'
}

function isInRepository(rules: IgnoreRules): boolean {
  return rules.isGitRoot || (rules.parent !== undefined && isInRepository(rules.parent))
}

function nearest(
  rules: IgnoreRules,
  path: string,
  { isDirectory, kind }: { isDirectory: boolean; kind: 'plain' | 'git' | 'exclude' },
): 'ignored' | 'kept' | undefined {
  const matcher = rules[kind]
  if (matcher) {
    const { ignored, unignored } = matcher.test(path.slice(rules.prefix.length) + (isDirectory ? '/' : ''))
    if (ignored) return 'ignored'
    if (unignored) return 'kept'
  }
  if (!rules.parent || (kind !== 'plain' && rules.isGitRoot)) return undefined
  return nearest(rules.parent, path, { isDirectory, kind })
}
