import { existsSync } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { defined } from '../../base/defined.ts'
import { digestOf } from '../../base/digest.ts'
import { UserError } from '../../contracts/errors.ts'
import type { Stratum, Task, TaskStep } from '../../contracts/task.ts'
import { folderDigest, listTree } from '../folder-digest.ts'
import { shownPath } from '../shown-path.ts'
import { TASK_ID } from '../source-schema.ts'
import { parseTaskManifest, type TaskManifest } from './task-manifest.ts'

const MANIFEST = 'task.toml'

/** Loads one task folder in Harbor's layout. Throws a `task-invalid` naming file, field and expectation. */
export async function loadTask(dir: string): Promise<Task> {
  const root = resolve(dir)
  const id = basename(root)
  if (!TASK_ID.test(id))
    throw invalid(root, 'the folder’s name is the task’s id; expected letters, digits, ".", "_" and "-", at most 100')
  const manifest = await loadManifest(root)
  await refuseUnsupported(root, manifest)
  const { additions } = manifest
  const steps =
    manifest.steps.length === 0
      ? [await loadStep(root, root, 'main')]
      : await Promise.all(manifest.steps.map(name => loadStep(root, join(root, 'steps', name), name)))
  const workspaceDir = join(root, 'environment', 'workspace')
  if (!(await isFolder(workspaceDir)))
    throw invalid(workspaceDir, 'expected a folder with the starting files (an image alone cannot be run here)')
  return defined({
    id,
    digest: digestOf({ id, files: await folderDigest(root) }),
    source: { kind: 'folder' as const },
    stratum: additions.stratum ?? defaultStratum(steps.length),
    cluster: additions.cluster ?? id,
    callsMin: additions.calls_min,
    looksMin: additions.looks_min,
    license: additions.license,
    requires: additions.requires,
    protect: additions.protect,
    touches: additions.touches,
    contaminated: additions.contaminated,
    steps,
    workspaceDir,
    verifierTimeoutMs: manifest.verifierTimeoutMs,
  })
}

/** A foreign task does not say its stratum. */
export function defaultStratum(stepCount: number): Stratum {
  return stepCount > 1 ? 'long' : 'few'
}

/** Reads and checks a task's `task.toml` alone. */
export async function loadManifest(dir: string): Promise<TaskManifest> {
  const file = join(dir, MANIFEST)
  return parseTaskManifest(shownPath(file), await readText(file))
}

async function loadStep(root: string, dir: string, name: string): Promise<TaskStep> {
  if (dir !== root && existsSync(join(dir, 'workdir')))
    throw invalid(
      join(dir, 'workdir'),
      'files that appear between steps are not supported; expected them in environment/workspace',
    )
  const instruction = (await readText(join(dir, 'instruction.md'))).replaceAll('\r\n', '\n').trim()
  if (instruction === '') throw invalid(join(dir, 'instruction.md'), 'empty; expected what the agent is asked')
  const candidates = [...new Set([join(root, 'tests'), join(dir, 'tests')])]
  const testsDirs = candidates.filter(candidate => existsSync(candidate))
  if (!testsDirs.some(testsDir => existsSync(join(testsDir, 'test.sh'))))
    throw invalid(join(dir, 'tests', 'test.sh'), 'missing; expected the script that decides and writes the reward')
  return { name, instruction, testsDirs, solution: await loadSolution(join(dir, 'solution')) }
}

/** `01.ts`, `02.ts`, … in order; a foreign `solve.sh` becomes one script that runs it. */
async function loadSolution(dir: string): Promise<string[]> {
  const names = existsSync(dir) ? await readdir(dir) : []
  const scripts = names
    .filter(name => /^\d+\.ts$/.test(name))
    .sort((left, right) => Number.parseInt(left, 10) - Number.parseInt(right, 10))
  const odd = names.find(name => name.endsWith('.ts') && !scripts.includes(name))
  if (odd !== undefined) throw invalid(join(dir, odd), 'expected solution scripts called 01.ts, 02.ts, …')
  if (scripts.length > 0) return Promise.all(scripts.map(name => readText(join(dir, name))))
  if (!names.includes('solve.sh')) return []
  const program = await readText(join(dir, 'solve.sh'))
  return [`return await tools.exec({ command: ['bash', '-c', ${JSON.stringify(program)}] })\n`]
}

async function refuseUnsupported(root: string, { environment }: TaskManifest): Promise<void> {
  const file = join(root, MANIFEST)
  if (environment.os === 'windows')
    throw invalid(file, 'environment.os: expected "linux"; Windows tasks are not supported')
  if (environment.mcpServers > 0) throw invalid(file, 'environment.mcp_servers: not supported; expected none')
  for (const name of ['docker-compose.yaml', 'docker-compose.yml'])
    if (existsSync(join(root, 'environment', name)))
      throw invalid(join(root, 'environment', name), 'tasks of several containers are not supported')
  const odd = (await listTree(root)).find(({ kind }) => kind === 'other')
  if (odd) throw invalid(join(root, odd.path), 'expected files, folders and symlinks only')
}

async function readText(file: string): Promise<string> {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file))
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT'
    throw invalid(file, isMissing ? 'missing; expected a file' : 'expected a readable file of UTF-8 text')
  }
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    stats => stats.isDirectory(),
    () => false,
  )
}

function invalid(path: string, message: string): UserError {
  return new UserError('task-invalid', `${shownPath(path)}: ${message}`)
}
