import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type BenchCase, replyOf } from './bench-case.ts'

const TASK = 'tasks/bench'
/** Turns of a trial played through the command line: a few, as in a small task. */
export const TURNS_PLAYED = 5

const TEST_SH = `#!/bin/sh
mkdir -p "\${LOGS_DIR:-/logs}/verifier"
echo 1 > "\${LOGS_DIR:-/logs}/verifier/reward.txt"
`

/** A suite with one task whose check costs next to nothing, played from a file of replies. */
export interface BenchFolder extends AsyncDisposable {
  dir: string
  tasksDir: string
  suiteFile: string
}

export async function createBenchFolder(played: BenchCase, repeats: number): Promise<BenchFolder> {
  const dir = await mkdtemp(join(tmpdir(), 'scriptbench-bench-'))
  for (const [path, content] of Object.entries(filesOf(dir, played, repeats))) {
    await mkdir(dirname(join(dir, path)), { recursive: true })
    await writeFile(join(dir, path), content)
  }
  return {
    dir,
    tasksDir: join(dir, 'tasks'),
    suiteFile: join(dir, 'suite.yaml'),
    [Symbol.asyncDispose]: () => rm(dir, { recursive: true, force: true }),
  }
}

function filesOf(dir: string, played: BenchCase, repeats: number): Record<string, string> {
  const suite = {
    tasks: ['*'],
    tasksDir: join(dir, 'tasks'),
    models: [`scripted/${join(dir, 'replies.json')}`],
    factors: { mode: [played.mode] },
    repeats,
  }
  const replies = Array.from({ length: TURNS_PLAYED }, (_, turn) => ({
    toolCalls: replyOf(played, turn).toolCalls.map(({ name, argumentsText }) => ({ name, argumentsText })),
  }))
  return {
    'suite.yaml': JSON.stringify(suite),
    'replies.json': JSON.stringify([...replies, { text: 'Done.' }]),
    [`${TASK}/task.toml`]: `schema_version = "1.3"

[task]
name = "scriptbench/bench"
description = "Nothing to solve: only the harness is measured"

[metadata.scriptbench]
cluster = "bench"
stratum = "one"
calls_min = 1
looks_min = 1

[environment]
network_mode = "no-network"
`,
    [`${TASK}/instruction.md`]: 'Read notes.txt.\n',
    [`${TASK}/environment/Dockerfile`]: 'FROM node:24-slim\nCOPY workspace/ /workspace\n',
    [`${TASK}/environment/workspace/notes.txt`]: 'A line of notes, as long as lines are in most sources.\n'.repeat(60),
    [`${TASK}/environment/workspace/src/index.js`]: 'export const answer = 42\n',
    [`${TASK}/solution/01.ts`]: "return await tools.readFile({ filePath: 'notes.txt' })\n",
    [`${TASK}/tests/test.sh`]: TEST_SH,
  }
}
