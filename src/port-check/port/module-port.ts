import { mkdirSync } from 'node:fs'
import { basename } from 'node:path'
import { UserError } from '../../contracts/errors.ts'
import { type HostProcess, type HostProgram, startHostProcess } from './host-process.ts'
import type { Port } from './port.ts'
import { PortFault } from './port-fault.ts'

export interface ModulePortOptions {
  /** The module's file. */
  file: string
  name?: string
  processesMax: number
  /** An existing folder that the processes start in. */
  scratchDir: string
  host?: HostProgram
}

/** A port module in a few child processes; one that misbehaves is replaced. Rejects if it cannot be loaded. */
export async function openModulePort({
  file,
  name,
  processesMax,
  scratchDir,
  host: program,
}: ModulePortOptions): Promise<Port> {
  mkdirSync(scratchDir, { recursive: true })
  const idle: HostProcess[] = []
  const all = new Set<HostProcess>()
  const waiting: (() => void)[] = []
  let running = 0

  async function start(): Promise<HostProcess> {
    const host = await startHostProcess(file, scratchDir, program)
    all.add(host)
    return host
  }

  async function withHost<Value>(work: (host: HostProcess) => Promise<Value>): Promise<Value> {
    if (running >= processesMax) await new Promise<void>(resolve => waiting.push(resolve))
    else running++
    let host: HostProcess | undefined
    try {
      host = idle.pop()
      if (host?.isRunning() !== true) host = await start()
      return await work(host)
    } finally {
      if (host?.isRunning()) idle.push(host)
      else if (host) all.delete(host)
      const next = waiting.shift()
      if (next) next()
      else running--
    }
  }

  try {
    idle.push(await start())
  } catch (error) {
    if (!(error instanceof PortFault)) throw error
    throw new UserError('usage', `--port ${file}: cannot be loaded: ${error.message}`)
  }
  return {
    name: name ?? basename(file),
    call: (request, timeoutMs) => withHost(host => host.call(request, timeoutMs)),
    locate: profile => withHost(host => host.locate(profile)),
    async close() {
      for (const host of all) host.kill()
      all.clear()
    },
  }
}
