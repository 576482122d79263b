import { describe, expect, test } from 'vitest'
import { createApplyPatchTool } from '../../../src/tools/apply-patch/apply-patch.ts'
import type { PatchProfile } from '../../../src/tools/apply-patch/patch.ts'
import { runStandaloneProgram } from '../../../src/tools/apply-patch/run-standalone.ts'
import {
  caseFolder,
  comparableTree,
  folderContext,
  readCorpus,
  readTree,
  type Tree,
  writeTree,
} from '../../helpers/port-corpus.ts'

type Bytes = string | { b64: string }
interface Outcome {
  exit: number
  stdout: string
  stderr: string
  tree?: Tree
  tree_unchanged?: boolean
}
interface PatchCase {
  id: string
  category: string
  input: Tree
  invoke: { mode: 'arg'; patch: string } | { mode: 'argv0'; args: Bytes[]; stdin?: Bytes }
  expect: Record<string, Outcome | { same: true }>
}
interface ToolCase {
  id: string
  case: string
  expect: Record<string, { model_output: string; verify_differs: boolean }>
}

/** Upstream writes the file and then deletes it, as the source of the move; we keep it. */
const MOVED_ONTO_ITSELF: Record<PatchProfile, string[]> = {
  '0.169': ['025', '046', '060', '072', '073', '093'].map(number => `ap-d-paths-${number}`),
  '0.55': ['060', '073', '093'].map(number => `ap-d-paths-${number}`),
}
const VERSIONS = [
  ['0.169', '0.169.0'],
  ['0.55', '0.55.0'],
] as const

const { cases } = readCorpus<unknown, PatchCase>('apply-patch')
const categories = [...new Set(cases.map(({ category }) => category))]

function expected({ expect: outcomes }: PatchCase, version: string): Outcome {
  const outcome = outcomes[version]
  return (outcome && 'same' in outcome ? outcomes['0.169.0'] : outcome) as Outcome
}

describe.each(VERSIONS)('stand-alone program, profile %s', (profile, version) => {
  test.each(categories)('%s', async category => {
    for (const one of cases.filter(candidate => candidate.category === category)) {
      using folder = caseFolder()
      writeTree(folder, one.input)
      const bytes = (text: Bytes) =>
        typeof text === 'string' ? Buffer.from(folder.filled(text)) : Buffer.from(text.b64, 'base64')
      const { invoke } = one
      const args = invoke.mode === 'arg' ? [invoke.patch] : invoke.args
      const stdin = invoke.mode === 'arg' ? '' : (invoke.stdin ?? '')
      const ran = await runStandaloneProgram({ args: args.map(bytes), stdin: bytes(stdin), cwd: folder.cwd, profile })
      const wanted = expected(one, version)
      const texts = { stdout: folder.emptied(ran.stdout), stderr: folder.emptied(ran.stderr) }
      expect({ exit: ran.exitCode, ...texts }, one.id).toEqual({
        exit: wanted.exit,
        stdout: wanted.stdout,
        stderr: wanted.stderr,
      })
      const tree = comparableTree(folder, wanted.tree_unchanged ? one.input : (wanted.tree as Tree))
      if (MOVED_ONTO_ITSELF[profile].includes(one.id))
        expect(readTree(folder), one.id).toHaveProperty(['a.txt'], { f: 'y\n' })
      else expect(readTree(folder), one.id).toEqual(tree)
    }
  })
})

describe.each(VERSIONS)('tool, profile %s', (profile, version) => {
  const byId = new Map(cases.map(one => [one.id, one]))
  const toolCases = readCorpus<unknown, ToolCase>('apply-patch-tool').cases
  const tool = createApplyPatchTool({ profile })

  test.each(toolCases)('$id $case', async ({ case: id, expect: outcomes }) => {
    const one = byId.get(id) as PatchCase
    using folder = caseFolder()
    writeTree(folder, one.input)
    const patch = folder.filled((one.invoke as { patch: string }).patch)
    const result = await tool.run({ patch }, folderContext(folder.cwd))
    const wanted = outcomes[version] as ToolCase['expect'][string]
    const output = result.ok ? tool.render(result.value) : result.error.message
    const framed = (exit: number, text: string) => `Exit code: ${exit}\nWall time: {{S}} seconds\nOutput:\n${text}`
    const shown = folder.emptied(output)
    expect([shown, framed(0, shown), framed(1, `${shown}\n`)]).toContain(wanted.model_output)
    if (!result.ok) expect(readTree(folder)).toEqual(comparableTree(folder, one.input))
    else if (!wanted.verify_differs)
      expect(readTree(folder)).toEqual(comparableTree(folder, expected(one, version).tree as Tree))
  })
})
