import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { ContenderName } from './contender.ts'
import type { FreshSample } from './engine-row.ts'

/** The file next to this one has the same extension, both as source and compiled. */
const MAIN = new URL(`./fresh-process-main${import.meta.url.slice(import.meta.url.lastIndexOf('.'))}`, import.meta.url)
const PROCESS_MS_MAX = 25_000

export type FreshAnswer = { ok: true; value: number } | { ok: false; message: string }

/** Flags for a process in which isolated-vm is loaded, as its README asks for. */
export const ISOLATED_VM_FLAGS = ['--no-node-snapshot']

/** Takes one sample of one contender in a process that has done nothing else. */
export async function freshProcessSample(contender: ContenderName, sample: FreshSample): Promise<number> {
  const execArgv = [...(contender === 'isolated-vm' ? ISOLATED_VM_FLAGS : []), '--expose-gc', '--no-warnings']
  const child = fork(fileURLToPath(MAIN), [contender, sample], {
    execArgv,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const timer = setTimeout(() => child.kill('SIGKILL'), PROCESS_MS_MAX)
  const { promise, resolve, reject } = Promise.withResolvers<FreshAnswer>()
  child.on('message', message => resolve(message as FreshAnswer))
  child.on('error', reject)
  child.on('exit', (code, signal) => reject(new Error(`the process of ${contender} ended with ${signal ?? code}`)))
  try {
    const answer = await promise
    if (!answer.ok) throw new Error(answer.message)
    return answer.value
  } finally {
    clearTimeout(timer)
    child.kill('SIGKILL')
  }
}
