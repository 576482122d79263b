import type { Stratum } from '../../contracts/task.ts'
import type { CommitEntry } from './git.ts'

export interface CommitManifestFacts {
  id: string
  cluster: string
  sources: readonly CommitEntry[]
  testGlobs: readonly string[]
  description?: string
}

/** The `task.toml` of a task made from a commit. */
export function commitManifest({ id, cluster, sources, testGlobs, description = '' }: CommitManifestFacts): string {
  const touched = sources.map(({ path }) => escapeGlob(path))
  return `schema_version = "1.3"

[task]
name = ${JSON.stringify(`own/${id}`)}
${description && `description = ${JSON.stringify(description)}\n`}
[metadata.scriptbench]
cluster = ${JSON.stringify(cluster)}
stratum = ${JSON.stringify(stratumOf(sources.length))}
protect = ${JSON.stringify(testGlobs)}
touches = ${JSON.stringify(touched)}
`
}

/** By the number of files, since the number of calls is unknown. */
function stratumOf(fileCount: number): Stratum {
  if (fileCount === 1) return 'one'
  return fileCount <= 5 ? 'few' : 'many-dependent'
}

function escapeGlob(path: string): string {
  return path.replace(/[\\*?[\]{}()!+@|]/g, match => `\\${match}`)
}
