import type { ChildProcess } from 'node:child_process'
import { rmSync } from 'node:fs'
import { rm } from 'node:fs/promises'

/** None of them outlives this process, unless it is killed without warning. */
const children = new Set<ChildProcess>()
const folders = new Set<string>()

process.on('exit', () => {
  for (const child of children) killWithGroup(child)
  for (const folder of folders) {
    try {
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
    } catch {
      // The others still have to go.
    }
  }
})

export interface OwnedFolder {
  path: string
  [Symbol.dispose](): void
  [Symbol.asyncDispose](): Promise<void>
}

/** A folder that is removed when it is disposed of, or else when this process ends. */
export function ownFolder(path: string): OwnedFolder {
  folders.add(path)
  return {
    path,
    [Symbol.dispose]() {
      rmSync(path, { recursive: true, force: true, maxRetries: 3 })
      folders.delete(path)
    },
    async [Symbol.asyncDispose]() {
      await rm(path, { recursive: true, force: true, maxRetries: 5 })
      folders.delete(path)
    },
  }
}

/** A child that is killed when this process ends before it. */
export function ownChild<Child extends ChildProcess>(child: Child): Child {
  children.add(child)
  const release = () => children.delete(child)
  child.once('close', release).once('error', release)
  return child
}

/** Kills a child and, where it leads a group, that too. */
export function killWithGroup(child: ChildProcess): void {
  if (child.pid === undefined) return
  try {
    process.kill(-child.pid, 'SIGKILL')
  } catch {
    child.kill('SIGKILL')
  }
}
