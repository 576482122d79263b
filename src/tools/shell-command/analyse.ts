import type { Tree } from 'web-tree-sitter'
import { parsePatch } from '../apply-patch/parse-patch.ts'
import type { PatchProfile } from '../apply-patch/patch.ts'
import { bashParser } from './bash-grammar.ts'
import { findHeredocPatch, type HeredocPatch } from './find-heredoc-patch.ts'
import { patchScript, posixScript } from './shell-script.ts'

/**
 * What an argument vector is: an ordinary command, a patch to be applied instead (`cwd` as written after `cd`), or a
 * bare patch that is refused. `compound`: a shell script of more than one simple command.
 */
export type ShellCommandAnalysis = { compound: boolean } & (
  | { kind: 'plain' }
  | ({ kind: 'patch' } & HeredocPatch)
  | { kind: 'refused'; message: string }
)

const BARE_PATCH_MESSAGE =
  'apply_patch verification failed: patch detected without explicit call to apply_patch. ' +
  'Rerun as ["apply_patch", "<patch>"]'

const SIMPLE_COMMANDS = ['command', 'declaration_command', 'unset_command', 'test_command']
const COMPOUND_STATEMENTS = [
  'for_statement',
  'c_style_for_statement',
  'while_statement',
  'if_statement',
  'case_statement',
  'function_definition',
  'command_substitution',
  'process_substitution',
]

/** Recognises `apply_patch` calls by the argument vector alone; the patch itself is not checked. */
export async function analyseShellCommand(
  command: readonly string[],
  profile: PatchProfile = '0.169',
): Promise<ShellCommandAnalysis> {
  const [program, body] = command
  const isBarePatch = (text: string | undefined) => text !== undefined && parsePatch(text, profile).ok
  const script = patchScript(command, profile)
  if ((command.length === 1 && isBarePatch(program)) || isBarePatch(script)) {
    return { kind: 'refused', message: BARE_PATCH_MESSAGE, compound: false }
  }
  if (command.length === 2 && body !== undefined && (program === 'apply_patch' || program === 'applypatch')) {
    return { kind: 'patch', patch: body, compound: false }
  }
  const source = script ?? posixScript(command)
  if (source === undefined) return { kind: 'plain', compound: false }
  const tree = (await bashParser()).parse(source)
  if (!tree) return { kind: 'plain', compound: false }
  try {
    const found = script === undefined ? undefined : findHeredocPatch(tree.rootNode)
    return { ...(found ? { kind: 'patch', ...found } : { kind: 'plain' }), compound: isCompound(tree) }
  } finally {
    tree.delete()
  }
}

function isCompound({ rootNode }: Tree): boolean {
  return (
    rootNode.descendantsOfType(SIMPLE_COMMANDS).length > 1 || rootNode.descendantsOfType(COMPOUND_STATEMENTS).length > 0
  )
}
