import { posix } from 'node:path'
import { z } from 'zod'
import type { Result } from '../../contracts/result.ts'
import type { FileChange, Tool, ToolContext, ToolFailure } from '../../contracts/tool.ts'
import type { WorkspaceView } from '../../contracts/workspace.ts'
import { resolveToOpen, workspaceFiles } from '../host-files.ts'
import { applyPatchOperations, type PatchSummary, renderSummary } from './apply-operations.ts'
import { lexicalPath } from './lexical-path.ts'
import { parsePatch, toolParseMessage } from './parse-patch.ts'
import type { ParsedPatch, PatchProfile } from './patch.ts'
import { createTargetFiles, type PatchTarget } from './target-files.ts'
import { verifyOperations } from './verify-operations.ts'
import { createWriteJournal } from './write-journal.ts'
import { confinedFiles, isPatchAllowed } from './write-permission.ts'

const DESCRIPTION = `Adds, updates, moves and deletes text files by one patch. Either the whole patch applies or nothing changes.
Format:
*** Begin Patch
*** Add File: path
+every line of the new file, after a plus
*** Update File: path
*** Move to: new path (optional)
@@ optional line that stands before the change, e.g. a function's header
 context line, after one blank
-removed line
+added line
*** Delete File: path
*** End Patch
An update has one or more sections, each begun by @@, in the order of the file; give about three context lines around \
each change. "*** End of File" after a section ties it to the file's end. Paths are relative to the workspace root or absolute \
in it. One file may occur only once in a patch.`

const input = z.object({
  patch: z.string().describe('The patch, from "*** Begin Patch" to "*** End Patch".'),
})

const paths = (what: string) => z.array(z.string()).describe(what)
const output = z.object({
  added: paths('Files the patch added, as spelled in it.'),
  modified: paths('Files the patch updated; a moved file under its new path.'),
  deleted: paths('Files the patch deleted.'),
})

type Input = z.infer<typeof input>

/** The `applyPatch` tool. Verifies the whole patch before the first write. */
export function createApplyPatchTool(options: { profile?: PatchProfile } = {}): Tool<Input, PatchSummary> {
  const { profile = '0.169' } = options
  return {
    name: 'applyPatch',
    description: DESCRIPTION,
    effect: 'write',
    input,
    output,
    concurrencyMax: 1,
    approval: ({ patch }) => ({ reason: 'write', detail: approvalDetail(patch, profile), isPatch: true }),
    run: ({ patch }, context) => applyVerified({ patch }, context, profile),
    render: renderSummary,
  }
}

/** Verifies a patch as a whole, then applies it. Relative paths start from `cwd`, an agent's path. */
export async function applyVerified(
  request: { patch: string; cwd?: string },
  context: ToolContext,
  profile: PatchProfile = '0.169',
): Promise<Result<PatchSummary, ToolFailure>> {
  if (context.sandbox.policy === 'read-only') {
    return { ok: false, error: { code: 'denied', message: 'the workspace is read-only: no patch can be applied' } }
  }
  const verified = await verifyPatch(request, context, profile)
  return verified.ok ? verified.value.apply(context) : verified
}

/** A patch that would work on the tree as it is. */
export interface VerifiedPatch {
  changes: readonly FileChange[]
  /** Whether the sandbox's policy lets everything be written. */
  isAllowed: boolean
  /** All or nothing. Confined to what the policy lets be written by default. */
  apply(
    context: Pick<ToolContext, 'note' | 'progress'>,
    options?: { isUnconfined?: boolean },
  ): Promise<Result<PatchSummary, ToolFailure>>
}

export async function verifyPatch(
  { patch, cwd }: { patch: string; cwd?: string },
  { workspace, sandbox }: Pick<ToolContext, 'workspace' | 'sandbox'>,
  profile: PatchProfile,
): Promise<Result<VerifiedPatch, ToolFailure>> {
  const parsed = parsePatch(patch, profile)
  if (!parsed.ok) return verificationFailed({ code: 'invalid-arguments', message: toolParseMessage(parsed.error) })
  const refused = refusal(parsed.value)
  if (refused !== undefined) return { ok: false, error: { code: 'invalid-arguments', message: refused } }
  const { operations } = parsed.value
  const resolve = (spelled: string) => workspaceTarget({ spelled, cwd: cwd ?? workspace.guestRoot }, workspace, profile)
  const files = workspaceFiles(workspace)
  const verified = await verifyOperations(operations, { profile, resolve, files: createTargetFiles(files, profile) })
  if (!verified.ok) return verificationFailed(verified.error)
  const { targets, changes } = verified.value
  const paths = targets.map(target => target.shown)
  return {
    ok: true,
    value: {
      changes,
      isAllowed: isPatchAllowed(paths, sandbox),
      async apply({ note, progress }, { isUnconfined = false } = {}) {
        progress?.({ type: 'patch', changes })
        const journal = createWriteJournal(files)
        const writable = createTargetFiles(isUnconfined ? files : confinedFiles(files, sandbox), profile)
        const options = { profile, resolve, files: writable, beforeChange: journal.record }
        const applied = await applyPatchOperations(operations, options)
        if (applied.ok) note({ wrote: paths.map(path => posix.relative(workspace.guestRoot, path)) })
        else await journal.undo()
        return applied
      },
    },
  }
}

function refusal({ operations, environmentId }: ParsedPatch): string | undefined {
  if (environmentId !== undefined) return 'apply_patch environment selection is unavailable for this turn'
  return operations.length === 0 ? 'patch rejected: empty patch' : undefined
}

function verificationFailed(error: ToolFailure): { ok: false; error: ToolFailure } {
  if (error.code === 'outside-workspace') return { ok: false, error }
  return { ok: false, error: { ...error, message: `apply_patch verification failed: ${error.message}` } }
}

async function workspaceTarget(
  { spelled, cwd }: { spelled: string; cwd: string },
  workspace: WorkspaceView,
  profile: PatchProfile,
): Promise<Result<PatchTarget, ToolFailure>> {
  if (spelled.includes('\0')) {
    return { ok: false, error: { code: 'failed', message: `'${spelled}' is invalid on '${process.platform}'` } }
  }
  const absolute = posix.isAbsolute(spelled) ? spelled : `${cwd}/${spelled}`
  const shown = profile === '0.55' ? absolute : lexicalPath(spelled, cwd)
  const file = await resolveToOpen(workspace, shown)
  if (!file.ok) return file
  const entry = await workspace.resolve(shown, { keepLastLink: true })
  return entry.ok ? { ok: true, value: { spelled, shown, file: file.value, entry: entry.value } } : entry
}

function approvalDetail(patch: string, profile: PatchProfile): string {
  const parsed = parsePatch(patch, profile)
  if (!parsed.ok) return 'apply a patch'
  const touched = parsed.value.operations.map(operation => `${operation.kind} ${operation.path}`)
  return `apply a patch: ${touched.join(', ')}`
}
