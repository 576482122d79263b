import { type RankedFile, rankFiles } from './rank-files.ts'
import type { SearchProfile } from './search-profile.ts'
import { walkFiles } from './walk-files.ts'
import { firstInWalkOrder } from './walk-order.ts'

export interface FileSearch {
  root: string
  query: string
  limit: number
  profile: SearchProfile
  signal: AbortSignal
  /** Where a symlink under the root leads on this machine; undefined if it must not be followed. */
  follow(path: string): Promise<string | undefined>
}

/** Files and, since 0.169, folders under a root by fuzzy path, best first. */
export async function searchFiles({ root, query, limit, profile, ...options }: FileSearch): Promise<RankedFile[]> {
  const entries = await walkFiles(root, { profile, ...options })
  const firstMet = (paths: readonly string[], count: number) => firstInWalkOrder(root, paths, count)
  return rankFiles(entries, { query, limit, profile, firstMet, signal: options.signal })
}
