import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Candidate } from '../measuring/interleave.ts'
import { OURS } from '../measuring/judge-row.ts'
import { runProgram } from './run-program.ts'
import { openTool } from './tool-context.ts'
import type { ToolRow, ToolRowContext } from './tool-row.ts'

/** The release that patches are compared with. */
export const UPSTREAM_VERSION = '0.169.0'
export const UPSTREAM_NAME = `codex ${UPSTREAM_VERSION}, started`

const LARGE_BYTES = 1_000_000
const LARGE_HUNKS = 200
const LINE_BYTES = 50
const FILE = 'text.txt'

interface Patching {
  before: string
  after: string
  patch: string
}

/** Our tool in this process, compared with a start of the real program. */
export const PATCH_ROWS: readonly ToolRow[] = [
  {
    id: 'patch',
    title: 'applyPatch: a patch of one hunk',
    unit: 'ms',
    method:
      'One changed line in a file of 100. Ours is the tool in this process, which checks the whole patch before it writes; the other is the program, started for the patch.',
    hasUpstream: true,
    measure: context => measurePatch(context, patching(100, 1)),
  },
  {
    id: 'patch-large',
    title: `applyPatch: ${LARGE_HUNKS} hunks in 1 MB`,
    unit: 'ms',
    method: `${LARGE_HUNKS} hunks with three lines of context each, spread over a file of 1 MB; otherwise as \`patch\`.`,
    hasUpstream: true,
    measure: context => measurePatch(context, patching(LARGE_BYTES / LINE_BYTES, LARGE_HUNKS)),
  },
]

/** A file with this many lines and a patch that changes some of them. */
function patching(lineCount: number, hunkCount: number): Patching {
  const lines = Array.from({ length: lineCount }, (_, index) => `line ${index} `.padEnd(LINE_BYTES - 1, 'x'))
  const distance = Math.floor(lineCount / hunkCount)
  const places = Array.from({ length: hunkCount }, (_, hunk) => hunk * distance + Math.floor(distance / 2))
  const changed = lines.with(0, lines[0] as string)
  for (const place of places) changed[place] = `changed ${place}`
  const hunks = places.map(place => {
    const context = (from: number, to: number) => lines.slice(from, to).map(line => ` ${line}`)
    return [
      '@@',
      ...context(place - 3, place),
      `-${lines[place]}`,
      `+changed ${place}`,
      ...context(place + 1, place + 4),
    ]
  })
  const patch = ['*** Begin Patch', `*** Update File: ${FILE}`, ...hunks.flat(), '*** End Patch'].join('\n')
  return { before: `${lines.join('\n')}\n`, after: `${changed.join('\n')}\n`, patch }
}

async function measurePatch({ dir, upstreamFile, interleave }: ToolRowContext, given: Patching) {
  const ours = join(dir, 'ours')
  const theirs = join(dir, 'theirs')
  for (const folder of [ours, theirs]) await mkdir(folder, { recursive: true })
  const tool = openTool('applyPatch', ours)
  return interleave([
    candidate(OURS, { folder: ours, patching: given, apply: () => tool({ patch: given.patch }) }),
    ...(upstreamFile === undefined
      ? []
      : [
          candidate(UPSTREAM_NAME, {
            folder: theirs,
            patching: given,
            apply: () => runProgram(upstreamFile, ['--codex-run-as-apply-patch', given.patch], { cwd: theirs }),
          }),
        ]),
  ])
}

interface CandidateInput {
  folder: string
  patching: Patching
  apply: () => Promise<unknown>
}

/** Only the patch itself counts; a wrong result is a failure, not a time. */
function candidate(name: string, { folder, patching: { before, after }, apply }: CandidateInput): Candidate {
  const file = join(folder, FILE)
  return {
    name,
    async sample() {
      await writeFile(file, before)
      const startedMs = performance.now()
      await apply()
      const takenMs = performance.now() - startedMs
      if ((await readFile(file, 'utf8')) !== after) throw new Error('the patched file is wrong')
      return takenMs
    },
  }
}
