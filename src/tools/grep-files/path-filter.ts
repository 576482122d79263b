import { readdir } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { createIgnoreMatcher, type IgnoreMatcher } from '../file-search/ignore-matcher.ts'
import { type IgnoreRules, ignoreVerdict, readIgnoreRules } from '../file-search/ignore-rules.ts'

/** What ripgrep cannot know of a folder inside the workspace, since it does not look above the folder. */
export interface FolderRules {
  /** A git repository begins above the folder. */
  isInRepository: boolean
  /** Nothing that ripgrep leaves out by itself is to be left out: the filter does it all. */
  isFilterWhole: boolean
  /** Whether a file below the folder is left by all rules; its path relative to the folder. */
  keeps(path: string): Promise<boolean>
}

/**
 * The ignore files between the workspace's root and a folder inside it, and what `include` means for paths from the root.
 * Ripgrep itself would climb on to the folders of this machine above the workspace. Absent where ripgrep alone decides.
 */
export async function readFolderRules(
  hostRoot: string,
  folder: string,
  include: string | undefined,
): Promise<FolderRules | undefined> {
  const start = relative(hostRoot, folder)
  if (start === '') return undefined
  const rulesIn = createRulesReader(hostRoot)
  const inherited = await rulesIn(parentOf(start))
  const included = include === undefined ? undefined : createInclusion(include)
  const isFilterWhole = included?.isAnchored ?? false
  if (inherited === undefined && !isFilterWhole) return undefined
  return {
    isInRepository: inherited?.isInRepository ?? false,
    isFilterWhole,
    async keeps(path) {
      const parts = path.split('/')
      for (const index of parts.keys()) {
        const isFolder = index < parts.length - 1
        const entry = join(start, ...parts.slice(0, index + 1))
        const rules = await rulesIn(parentOf(entry))
        const verdict = included?.test(entry, isFolder) ?? (rules && ignoreVerdict(rules, entry, isFolder))
        const isHidden = isFilterWhole && parts[index]?.startsWith('.') === true
        if (verdict === 'ignored' || (verdict === undefined && isHidden)) return false
      }
      return true
    },
  }
}

/** Relative to the root, which is the empty text. */
function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')))
}

/** The rules that count in a folder: its own and those above, up to the root. Each folder is read once. */
function createRulesReader(hostRoot: string) {
  const known = new Map<string, Promise<IgnoreRules | undefined>>()
  async function read(folder: string): Promise<IgnoreRules | undefined> {
    const above = folder === '' ? undefined : await rulesIn(parentOf(folder))
    const path = join(hostRoot, folder)
    const names = new Set(await readdir(path).catch(() => []))
    return readIgnoreRules({ path, prefix: folder === '' ? '' : `${folder}/`, names }, above)
  }
  function rulesIn(folder: string): Promise<IgnoreRules | undefined> {
    const rules = known.get(folder) ?? read(folder)
    known.set(folder, rules)
    return rules
  }
  return rulesIn
}

/** A glob of files to search: what it names is kept, whatever ignore files contain. Absent without a glob. */
function createInclusion(include: string) {
  const matcher: IgnoreMatcher | undefined = createIgnoreMatcher(include, '0.169')
  if (matcher === undefined) return undefined
  const isNegative = include.startsWith('!')
  return {
    /** It means one place, not any depth, so that it matters from where. */
    isAnchored: /\/(?!$)/.test(include),
    test(path: string, isFolder: boolean): 'kept' | 'ignored' | undefined {
      const verdict = matcher.test(path, isFolder)
      if (verdict !== undefined) return verdict === 'ignored' ? 'kept' : 'ignored'
      return isNegative || isFolder ? undefined : 'ignored'
    },
  }
}
