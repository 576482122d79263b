import { open } from 'node:fs/promises'
import type { TrialDescriptor } from '../../contracts/events.ts'

const HEAD_BYTES_MAX = 16 * 1024

/** What a log's first lines say of the trial, without reading the rest. Nothing where they are missing or damaged. */
export async function readTrialHead(file: string): Promise<TrialDescriptor | undefined> {
  try {
    await using handle = await open(file)
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES_MAX), 0, HEAD_BYTES_MAX, 0)
    const [header = '', first = ''] = buffer.toString('utf8', 0, bytesRead).split('\n', 2)
    if ((JSON.parse(header) as { log?: unknown } | null)?.log !== 'scriptbench') return undefined
    const event = JSON.parse(first) as { type?: unknown; trial?: unknown } | null
    return event?.type === 'trial_start' && isDescriptor(event.trial) ? event.trial : undefined
  } catch {
    return undefined
  }
}

/** Logs can come from elsewhere: what the pages compute with must be there. */
function isDescriptor(value: unknown): value is TrialDescriptor {
  if (typeof value !== 'object' || value === null) return false
  const { task, model, arm, repeat, stratum, playerKind } = value as Record<string, unknown>
  const areTexts = [task, model, stratum, playerKind].every(field => typeof field === 'string')
  return areTexts && typeof repeat === 'number' && isArm(arm)
}

function isArm(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const { custom, ...levels } = value as Record<string, unknown>
  return isTexts(levels) && isTexts(custom)
}

function isTexts(value: unknown): boolean {
  const isObject = typeof value === 'object' && value !== null
  return isObject && Object.values(value).every(level => typeof level === 'string')
}
