import type { Result } from '../../contracts/result.ts'
import type { FileChange, ToolFailure } from '../../contracts/tool.ts'
import { type ApplyOptions, updatedText } from './apply-operations.ts'
import type { PatchOperation } from './patch.ts'
import type { PatchTarget } from './target-files.ts'

export interface VerifiedOperations {
  /** Everything that will be written or removed. */
  targets: PatchTarget[]
  changes: FileChange[]
}

/** Checks every operation against the untouched tree, so that a patch that cannot work changes nothing. */
export async function verifyOperations(
  operations: readonly PatchOperation[],
  options: ApplyOptions,
): Promise<Result<VerifiedOperations, ToolFailure>> {
  const { profile, resolve, files } = options
  const targets: PatchTarget[] = []
  const changes: FileChange[] = []
  const seen = new Set<string>()
  for (const operation of operations) {
    const target = await resolve(operation.path)
    if (!target.ok) return target
    const { shown } = target.value
    if (profile === '0.169' && seen.has(shown)) {
      return { ok: false, error: { code: 'failed', message: `invalid patch: multiple operations target ${shown}` } }
    }
    seen.add(shown)
    targets.push(target.value)
    if (operation.kind === 'add') changes.push({ kind: 'add', path: shown, after: operation.content })
    if (operation.kind === 'delete') {
      const text = await files.read(target.value, shown, 'Failed to read')
      if (!text.ok) return text
      changes.push({ kind: 'delete', path: shown, before: text.value })
    }
    if (operation.kind !== 'update') continue
    const updated = await updatedText(operation, target.value, shown, options)
    if (!updated.ok) return updated
    const change: FileChange = { kind: 'update', path: shown, ...updated.value }
    changes.push(change)
    if (operation.movePath === undefined) continue
    const destination = await resolve(operation.movePath)
    if (!destination.ok) return destination
    change.movedTo = destination.value.shown
    targets.push(destination.value)
  }
  return { ok: true, value: { targets, changes } }
}
