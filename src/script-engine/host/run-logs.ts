import type { ScriptLog } from '../../contracts/script.ts'
import { readGuestText } from '../vm/guest-answer.ts'
import type { GuestLog } from '../vm/script-vm.ts'

const LEVELS: readonly ScriptLog['level'][] = ['log', 'info', 'warn', 'error', 'debug']
/** The guest keeps to this by itself; whatever it sends beyond is not believed. */
const LINES_MAX = 200

export interface RunLogs {
  readonly lines: ScriptLog[]
  readonly dropped: number
  readonly bytes: number
  add(line: GuestLog): void
  drop(count: number): void
}

/** The console of one script: lines kept up to a number of bytes, the rest counted. */
export function createRunLogs(bytesMax: number, onLog?: (log: ScriptLog) => void): RunLogs {
  const lines: ScriptLog[] = []
  let dropped = 0
  let bytes = 0
  return {
    lines,
    get dropped() {
      return dropped
    },
    get bytes() {
      return bytes
    },
    drop: count => {
      dropped += count
    },
    add: ({ level, json, atMs }) => {
      const size = Buffer.byteLength(json)
      if (lines.length >= LINES_MAX || bytes + size > bytesMax) {
        dropped += 1
        return
      }
      bytes += size
      const log = { level: LEVELS[level] ?? 'log', text: readGuestText(json), atMs }
      lines.push(log)
      onLog?.(log)
    },
  }
}
