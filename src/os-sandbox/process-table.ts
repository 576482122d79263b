import { readdirSync, readFileSync } from 'node:fs'

/** One line of Linux's process table. */
export interface ProcessEntry {
  pid: number
  parent: number
  group: number
  session: number
  isDead: boolean
  /** Clock ticks since boot. */
  startedAt: number
}

/** What /proc says of a process; absent when it is gone or there is no /proc. */
export function readProcess(pid: number): ProcessEntry | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    const [state, parent, group, session, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return {
      pid,
      parent: Number(parent),
      group: Number(group),
      session: Number(session),
      isDead: state === 'Z' || state === 'X',
      startedAt: Number(rest[15]),
    }
  } catch {
    return undefined
  }
}

/** All processes; empty where there is no /proc. */
export function listProcesses(): ProcessEntry[] {
  try {
    return readdirSync('/proc').flatMap(name => (/^\d+$/.test(name) ? (readProcess(Number(name)) ?? []) : []))
  } catch {
    return []
  }
}

/** Whether a process was started with `NAME=value` in its environment. */
export function hasVariable(pid: number, assignment: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0').includes(assignment)
  } catch {
    return false
  }
}
