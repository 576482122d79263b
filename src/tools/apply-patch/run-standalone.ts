import { posix } from 'node:path'
import type { Result } from '../../contracts/result.ts'
import type { ToolFailure } from '../../contracts/tool.ts'
import { plainFiles } from '../host-files.ts'
import { applyPatchOperations, renderSummary } from './apply-operations.ts'
import { lexicalPath } from './lexical-path.ts'
import { parsePatch, standaloneParseMessage } from './parse-patch.ts'
import type { PatchProfile } from './patch.ts'
import { createTargetFiles, type PatchTarget } from './target-files.ts'
import { utf8Text } from './utf8-text.ts'

/** What the standalone program leaves behind in addition to the tree. */
export interface StandaloneResult {
  stdout: string
  stderr: string
  exitCode: number
}

/** The `apply_patch` program: operations in order, no confinement, nothing rolled back. */
export async function runStandalone(request: {
  patch: string
  cwd: string
  profile?: PatchProfile
}): Promise<StandaloneResult> {
  const { patch, cwd, profile = '0.169' } = request
  const parsed = parsePatch(patch, profile)
  if (!parsed.ok) return failure(standaloneParseMessage(parsed.error))
  if (parsed.value.operations.length === 0) return failure('No files were modified.')
  const resolve = async (spelled: string) => hostTarget(spelled, cwd, profile)
  const applied = await applyPatchOperations(parsed.value.operations, {
    profile,
    files: createTargetFiles(plainFiles, profile),
    resolve,
  })
  return applied.ok ? { stdout: renderSummary(applied.value), stderr: '', exitCode: 0 } : failure(applied.error.message)
}

/** The same with the program's arguments and standard input, as bytes came in. */
export async function runStandaloneProgram(request: {
  args: readonly Uint8Array[]
  stdin: Uint8Array
  cwd: string
  profile?: PatchProfile
}): Promise<StandaloneResult> {
  const { args, stdin, ...rest } = request
  const [argument] = args
  if (args.length > 1) return failure('Error: apply_patch accepts exactly one argument.', 2)
  const text = utf8Text(argument ?? stdin)
  if (!text.ok && argument) return failure('Error: apply_patch requires a UTF-8 PATCH argument.')
  if (!text.ok) return failure('Error: Failed to read PATCH from stdin.\nstream did not contain valid UTF-8')
  if (!argument && text.value === '') {
    const program = rest.profile === '0.55' ? 'apply-patch' : 'apply_patch'
    return failure(`Usage: apply_patch 'PATCH'\n       echo 'PATCH' | ${program}`, 2)
  }
  return runStandalone({ patch: text.value, ...rest })
}

/** 0.169 resolves lexically; 0.55 leaves the path to the system. */
function hostTarget(spelled: string, cwd: string, profile: PatchProfile): Result<PatchTarget, ToolFailure> {
  if (profile === '0.55') {
    const file = posix.isAbsolute(spelled) ? spelled : `${cwd}/${spelled}`
    return { ok: true, value: { spelled, shown: file, file, entry: file } }
  }
  if (spelled.includes('\0')) {
    return { ok: false, error: { code: 'failed', message: `'${spelled}' is invalid on '${process.platform}'` } }
  }
  const file = lexicalPath(spelled, cwd)
  return { ok: true, value: { spelled, shown: file, file, entry: file } }
}

function failure(message: string, exitCode = 1): StandaloneResult {
  return { stdout: '', stderr: `${message}\n`, exitCode }
}
