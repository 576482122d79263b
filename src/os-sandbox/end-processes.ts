import { setTimeout as sleep } from 'node:timers/promises'
import { hasVariable, listProcesses, type ProcessEntry, readProcess } from './process-table.ts'

/** What is known about a started process, to find everything it left behind. */
export interface ProcessFamily {
  /** The leader of its own group and session. */
  leader: number
  /** When the leader started, in ticks; absent where there is no /proc. */
  startedAt: number | undefined
  /** `NAME=value` that descendants inherit, for those that left the group. */
  marker: string | undefined
  /** Whether it has a process namespace of its own, which contains all its processes. */
  isNamespaced: boolean
  /** The first process of the sandbox's own process namespace; the kernel ends all others with it. */
  namespaceInit: () => number | undefined
}

const ROUNDS_MAX = 500
const ROUND_MS_MAX = 10

/** Kills the leader's group and, if there is one, the process namespace. Returns immediately. */
export function killFamily({ leader, namespaceInit }: ProcessFamily): void {
  kill(-leader)
  const init = namespaceInit()
  if (init !== undefined) kill(init)
}

/** Kills whatever is left of a family and resolves when nothing of it runs any more. */
export async function endFamily(family: ProcessFamily): Promise<void> {
  for (let round = 0; round < ROUNDS_MAX; round++) {
    const init = family.namespaceInit()
    const isNamespaceGone = init === undefined || (readProcess(init)?.isDead ?? true)
    const left = family.isNamespaced ? [] : leftovers(family)
    for (const { pid } of left) kill(pid)
    kill(-family.leader)
    if (isNamespaceGone && left.length === 0) return
    if (!isNamespaceGone) kill(init as number)
    await sleep(Math.min(ROUND_MS_MAX, round))
  }
}

/** Younger processes of the leader's session or group, those that carry the marker, and their children. */
function leftovers({ leader, startedAt, marker }: ProcessFamily): ProcessEntry[] {
  const candidates = listProcesses().filter(
    entry => !entry.isDead && entry.pid !== process.pid && entry.startedAt >= (startedAt ?? 0),
  )
  const found = new Set<ProcessEntry>()
  const known = new Set([leader])
  for (let before = -1; before !== found.size; ) {
    before = found.size
    for (const entry of candidates) {
      if (found.has(entry)) continue
      const isRelated = known.has(entry.parent) || entry.session === leader || entry.group === leader
      if (!isRelated && !(marker !== undefined && hasVariable(entry.pid, marker))) continue
      found.add(entry)
      known.add(entry.pid)
    }
  }
  return [...found]
}

function kill(target: number): void {
  try {
    process.kill(target, 'SIGKILL')
  } catch {
    // Gone already, or another user's.
  }
}
