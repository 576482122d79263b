import { readdir } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { type IgnoreRules, isIgnored, readIgnoreRules } from '../file-search/ignore-rules.ts'

export interface InheritedRules {
  isInRepository: boolean
  /** Whether a file below the searched folder is left by the ignore files above it. */
  keeps(path: string, isIncluded: boolean): boolean
}

/**
 * The ignore files between the workspace's root and a folder inside it. Ripgrep itself would climb on to the folders
 * of this machine above the workspace, so it is told not to climb at all. Absent for the root.
 */
export async function readInheritedRules(hostRoot: string, folder: string): Promise<InheritedRules | undefined> {
  const names = relative(hostRoot, folder).split('/').filter(Boolean)
  if (names.length === 0) return undefined
  const rules = await readChain(hostRoot, names)
  const start = names.join('/')
  const isStartIgnored = names.some((_, index) => isIgnored(rules, names.slice(0, index + 1).join('/'), true))
  return {
    isInRepository: hasGitRoot(rules),
    keeps(path, isIncluded) {
      if (isStartIgnored) return true
      const parts = path.split('/')
      return parts.every((_, index) => {
        const isFile = index === parts.length - 1
        return (isFile && isIncluded) || !isIgnored(rules, join(start, ...parts.slice(0, index + 1)), !isFile)
      })
    },
  }
}

async function readChain(hostRoot: string, names: readonly string[]): Promise<IgnoreRules> {
  let rules: IgnoreRules | undefined
  for (let depth = 0; depth < names.length; depth++) {
    const path = join(hostRoot, ...names.slice(0, depth))
    const prefix = names
      .slice(0, depth)
      .map(name => `${name}/`)
      .join('')
    const entries = new Set(await readdir(path).catch(() => []))
    rules = await readIgnoreRules({ path, prefix, names: entries }, rules)
  }
  return rules as IgnoreRules
}

function hasGitRoot(rules: IgnoreRules): boolean {
  return rules.isGitRoot || (rules.parent !== undefined && hasGitRoot(rules.parent))
}
