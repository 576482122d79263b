import type { ModelToolCall } from '../../contracts/model.ts'

/** Calls as they came, with an id of their own for those that have none or share one. */
export function withCallIds(
  calls: readonly (Omit<ModelToolCall, 'callId'> & { callId?: string | undefined })[],
): ModelToolCall[] {
  const taken = new Set<string>()
  return calls.map(({ callId, name, argumentsText }) => {
    let id = callId ?? ''
    for (let number = taken.size + 1; id === '' || taken.has(id); number++) id = `call_${number}`
    taken.add(id)
    return { callId: id, name, argumentsText }
  })
}
