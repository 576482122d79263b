import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { createIgnoreMatcher, type IgnoreMatcher } from './ignore-matcher.ts'
import type { SearchProfile } from './search-profile.ts'

/** The ignore files of one folder, and those of the folders above it that have any. */
export interface IgnoreRules {
  readonly parent?: IgnoreRules
  /** Path of this folder, relative to the search's root; empty or ending in a slash. */
  readonly prefix: string
  /** Whether git's rules of the folders above end here. */
  readonly isGitRoot: boolean
  /** Whether git's rules count. */
  readonly isInRepository: boolean
  readonly plain?: IgnoreMatcher
  readonly git?: IgnoreMatcher
  readonly exclude?: IgnoreMatcher
}

export interface FolderFiles {
  /** On this machine. */
  path: string
  prefix: string
  /** Names of its entries; at least those that `isRuleFile`. */
  names: ReadonlySet<string>
}

/** Whether what a folder hides can depend on an entry of that name. */
export function isRuleFile(name: string): boolean {
  return name === '.git' || name === '.ignore' || name === '.gitignore'
}

/**
 * Reads `.ignore`, and `.gitignore` with `.git/info/exclude`, where a folder has them; the rules of the folders above
 * where it has none. As 0.55, git's rules count everywhere and a nested repository does not end those around it.
 */
export async function readIgnoreRules(
  { path, prefix, names }: FolderFiles,
  parent: IgnoreRules | undefined,
  profile: SearchProfile = '0.169',
): Promise<IgnoreRules | undefined> {
  if (![...names].some(isRuleFile)) return parent
  const gitCountsEverywhere = profile === '0.55'
  const isGitRoot = names.has('.git') && !gitCountsEverywhere
  const read = async (name: string) => rulesOf(join(path, name), profile)
  const plain = names.has('.ignore') ? await read('.ignore') : undefined
  const git = names.has('.gitignore') ? await read('.gitignore') : undefined
  const exclude = names.has('.git') ? await read('.git/info/exclude') : undefined
  return {
    prefix,
    isGitRoot,
    isInRepository: isGitRoot || gitCountsEverywhere || parent?.isInRepository === true,
    ...(parent && { parent }),
    ...(plain && { plain }),
    ...(git && { git }),
    ...(exclude && { exclude }),
  }
}

const RULES_BYTES_MAX = 128 * 1024

/** A symlink, a named pipe or a file of absurd size is not an ignore file. */
async function rulesOf(path: string, profile: SearchProfile): Promise<IgnoreMatcher | undefined> {
  try {
    await using file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
    const found = await file.stat()
    if (!found.isFile() || found.size > RULES_BYTES_MAX) return undefined
    return createIgnoreMatcher(await file.readFile('utf8'), profile)
  } catch {
    return undefined
  }
}

/** Whether an entry is hidden by the rules. */
export function isIgnored(rules: IgnoreRules, path: string, isDirectory: boolean): boolean {
  return ignoreVerdict(rules, path, isDirectory) === 'ignored'
}

/** The nearest rule decides; `.ignore` beats git's; git's count in a repository only. */
export function ignoreVerdict(rules: IgnoreRules, path: string, isDirectory: boolean): 'ignored' | 'kept' | undefined {
  const verdict = nearest(rules, path, { isDirectory, kind: 'plain' })
  if (verdict !== undefined || !rules.isInRepository) return verdict
  return nearest(rules, path, { isDirectory, kind: 'git' }) ?? nearest(rules, path, { isDirectory, kind: 'exclude' })
}

function nearest(
  rules: IgnoreRules,
  path: string,
  { isDirectory, kind }: { isDirectory: boolean; kind: 'plain' | 'git' | 'exclude' },
): 'ignored' | 'kept' | undefined {
  const verdict = rules[kind]?.test(path.slice(rules.prefix.length), isDirectory)
  if (verdict !== undefined) return verdict
  if (!rules.parent || (kind !== 'plain' && rules.isGitRoot)) return undefined
  return nearest(rules.parent, path, { isDirectory, kind })
}
