import type { Result } from '../../contracts/result.ts'
import type { ToolFailure } from '../../contracts/tool.ts'
import { computeUpdate } from './compute-update.ts'
import type { PatchOperation, PatchProfile, UpdateOperation } from './patch.ts'
import type { Attempt, PatchTarget, TargetFiles } from './target-files.ts'

/** Paths as spelled in the patch, in its order; a moved file is listed under its destination. */
export interface PatchSummary {
  added: string[]
  modified: string[]
  deleted: string[]
}

export interface ApplyOptions {
  profile: PatchProfile
  files: TargetFiles
  resolve(spelled: string): Promise<Result<PatchTarget, ToolFailure>>
  /** Told before a target is written or deleted. */
  beforeChange?(target: PatchTarget): Promise<void>
}

/** Applies operations in order and stops at the first failure; what was done before it stays. */
export async function applyPatchOperations(
  operations: readonly PatchOperation[],
  options: ApplyOptions,
): Promise<Result<PatchSummary, ToolFailure>> {
  const summary: PatchSummary = { added: [], modified: [], deleted: [] }
  for (const operation of operations) {
    const done = await applyOperation(operation, options)
    if (!done.ok) return done
    if (operation.kind === 'add') summary.added.push(operation.path)
    else if (operation.kind === 'delete') summary.deleted.push(operation.path)
    else summary.modified.push(operation.movePath ?? operation.path)
  }
  return { ok: true, value: summary }
}

/** What a target is called in messages: 0.55 repeats the patch while it applies. */
function nameOf(target: PatchTarget, profile: PatchProfile): string {
  return profile === '0.55' ? target.spelled : target.shown
}

/** Codex's own answer to a patch that was applied. */
export function renderSummary({ added, modified, deleted }: PatchSummary): string {
  const lines = [
    ...added.map(path => `A ${path}\n`),
    ...modified.map(path => `M ${path}\n`),
    ...deleted.map(path => `D ${path}\n`),
  ]
  return `Success. Updated the following files:\n${lines.join('')}`
}

async function applyOperation(operation: PatchOperation, options: ApplyOptions): Attempt<void> {
  const target = await options.resolve(operation.path)
  if (!target.ok) return target
  if (operation.kind === 'update') return applyUpdate(operation, target.value, options)
  const name = nameOf(target.value, options.profile)
  await options.beforeChange?.(target.value)
  return operation.kind === 'add'
    ? options.files.write(target.value, name, operation.content)
    : options.files.remove(target.value, name)
}

async function applyUpdate(operation: UpdateOperation, source: PatchTarget, options: ApplyOptions): Attempt<void> {
  const { files, profile } = options
  const name = nameOf(source, profile)
  const text = await updatedText(operation, source, name, options)
  if (!text.ok) return text
  if (operation.movePath === undefined) {
    await options.beforeChange?.(source)
    return files.write(source, name, text.value.after)
  }
  const destination = await options.resolve(operation.movePath)
  if (!destination.ok) return destination
  await options.beforeChange?.(destination.value)
  await options.beforeChange?.(source)
  const written = await files.write(destination.value, nameOf(destination.value, profile), text.value.after)
  return written.ok ? files.removeMoved(source, destination.value, name) : written
}

/** The text an update finds and the one it would leave. Nothing is written. */
export async function updatedText(
  operation: UpdateOperation,
  source: PatchTarget,
  name: string,
  { files, profile }: ApplyOptions,
): Attempt<{ before: string; after: string }> {
  const text = await files.read(source, name, 'Failed to read file to update')
  if (!text.ok) return text
  const updated = computeUpdate({ text: text.value, chunks: operation.chunks, path: name, profile })
  return updated.ok
    ? { ok: true, value: { before: text.value, after: updated.value } }
    : { ok: false, error: { code: 'failed', message: updated.error } }
}
