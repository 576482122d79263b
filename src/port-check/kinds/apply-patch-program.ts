import { z } from 'zod'
import type { JsonValue } from '../../contracts/json.ts'
import type { CaseRun, CorpusKind, PortCase } from '../corpus/corpus-kind.ts'
import { PortFault } from '../port/port-fault.ts'
import type { PortReply } from '../port/port-protocol.ts'
import { has, isUnstableIn } from './case-fields.ts'
import { filledBytes, type PatchCase, readPatchCase, recordedRunOf, treeAfter } from './patch-case.ts'
import { endByTool, type ProgramEnd, standInPatch } from './tool-as-program.ts'

/** The standalone `apply_patch` program: exit code, both streams, the tree. */
export const applyPatchProgram: CorpusKind = {
  name: 'applyPatch',
  tool: 'applyPatch',
  corpora: ['apply_patch', 'applyPatch'],
  fits: line => has(line, 'input', 'invoke', 'expect'),
  open: () => line => programCase(readPatchCase(line)),
}

const programResult = z.object({ exitCode: z.int(), stdout: z.string(), stderr: z.string() })

interface SeenEnd extends ProgramEnd {
  /** Through the tool, which checks a patch as a whole before it writes, and names all paths absolutely. */
  isByTool: boolean
}

function programCase(one: PatchCase): PortCase {
  return {
    id: one.id,
    category: one.category,
    tags: one.tags,
    versions: Object.keys(one.expect),
    isUnstable: isUnstableIn(one.unstable),
    async prepare(folder) {
      folder.write(one.input)
      if (one.user === 'nobody') folder.giveToNobody()
    },
    async run(on) {
      const { folder, version } = on
      const recorded = recordedRunOf(one, version)
      const end = await runProgram(one, on)
      const tree = end.isByTool && recorded.exit !== 0 ? one.input : treeAfter(recorded, one.input)
      const shown = (text: string) => (end.isByTool ? text.replaceAll('{{CWD}}/', '') : text)
      const seen = ({ exit, stdout, stderr }: { exit: number; stdout: string; stderr: string }) => ({
        exit,
        texts: { stdout: shown(stdout), stderr: shown(stderr) },
      })
      const own = { exit: end.exitCode, stdout: folder.emptied(end.stdout), stderr: folder.emptied(end.stderr) }
      return {
        expected: { ...seen(recorded), ...(tree && { tree: folder.comparable(tree) }) },
        observed: { ...seen(own), ...(tree && { tree: folder.read() }) },
      }
    },
  }
}

async function runProgram(one: PatchCase, { folder, call }: CaseRun): Promise<SeenEnd> {
  const { invoke } = one
  const args = (invoke.mode === 'arg' ? [invoke.patch] : invoke.args).map(part => filledBytes(part, folder.filled))
  const stdin = invoke.mode === 'argv0' && invoke.stdin !== undefined ? filledBytes(invoke.stdin, folder.filled) : ''
  const setting = { ...(one.env && { env: one.env }), ...(one.user && { user: one.user }) }
  try {
    return programEnd(await call({ tool: 'applyPatchProgram', args: { args, stdin } as JsonValue, ...setting }))
  } catch (error) {
    const patch = standInPatch(one, args, stdin)
    if (!(error instanceof PortFault && error.kind === 'not-offered') || patch === undefined) throw error
    return { ...endByTool(await call({ tool: 'applyPatch', args: { patch }, ...setting })), isByTool: true }
  }
}

function programEnd(reply: PortReply): SeenEnd {
  if (!reply.ok) throw new PortFault('bad-reply', `expected a result, got the error ${reply.error.message}`)
  const parsed = programResult.safeParse(reply.result)
  if (!parsed.success) throw new PortFault('bad-reply', 'result: expected {exitCode, stdout, stderr}')
  return { ...parsed.data, isByTool: false }
}
