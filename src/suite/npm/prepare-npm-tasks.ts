import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { defined } from '../../base/defined.ts'
import { digestOf, sha256 } from '../../base/digest.ts'
import { UserError } from '../../contracts/errors.ts'
import type { NpmSource, Suite } from '../../contracts/suite.ts'
import type { Task } from '../../contracts/task.ts'
import { selectIds } from '../select-ids.ts'
import { buildOnce } from './cache.ts'
import { layOut } from './lay-out.ts'

/** Raised when prepared tasks come out differently from the same source. */
const PREPARATION_VERSION = 1
const VERIFIER_TIMEOUT_MS = 5 * 60_000

/** The suite's npm-backed tasks that its globs select, downloaded and laid out below `cacheDir`. */
export async function prepareNpmTasks(suite: Suite, cacheDir: string): Promise<Task[]> {
  const sources = suite.sources ?? []
  const ids = selectIds(
    sources.map(({ id }) => id),
    suite.tasks,
    `${suite.name}'s sources`,
  )
  const tasks: Task[] = []
  for (const id of ids)
    tasks.push(await prepareNpmTask(sources.find(source => source.id === id) as NpmSource, cacheDir))
  return tasks
}

async function prepareNpmTask(source: NpmSource, cacheDir: string): Promise<Task> {
  const digest = await sourceDigest(source)
  const dir = await buildOnce(join(cacheDir, 'tasks', digest), scratch => layOut(source, cacheDir, scratch))
  const scripts = source.solution ?? [join(dir, 'solution', '01.ts')]
  const { id, instruction, stratum, cluster, callsMin, looksMin, license, requires, contaminated } = source
  return defined({
    id,
    digest,
    source: npmSource(source),
    stratum,
    cluster,
    callsMin,
    looksMin,
    license,
    requires,
    protect: [...new Set(['node_modules/**', ...source.protect])],
    touches: source.touches ?? source.mended?.files,
    contaminated,
    steps: [
      {
        name: 'main',
        instruction,
        testsDirs: [join(dir, 'tests')],
        solution: await Promise.all(scripts.map(script => readFile(script, 'utf8'))),
      },
    ],
    workspaceDir: join(dir, 'environment', 'workspace'),
    verifierTimeoutMs: VERIFIER_TIMEOUT_MS,
  })
}

/** What a listing says of a source; needs no download. */
export function npmSource({ package: name, version, integrity, install, mended }: NpmSource): Task['source'] {
  return defined({ kind: 'npm' as const, package: name, version, integrity, testsVersion: mended?.version, install })
}

/** Covers everything that the prepared folder is made from; the paths of the suite's own files stay out. */
async function sourceDigest(source: NpmSource): Promise<string> {
  const { lock, check, solution, ...rest } = source
  const files = [lock, check, ...(solution ?? [])].filter(path => path !== undefined)
  const contents = await Promise.all(files.map(readOwn))
  return digestOf({ version: PREPARATION_VERSION, source: rest, files: contents.map(content => sha256(content)) })
}

async function readOwn(path: string): Promise<Buffer> {
  return readFile(path).catch(() => {
    throw new UserError('file-not-found', `${path}: no such file; it is named in the suite's sources`)
  })
}
