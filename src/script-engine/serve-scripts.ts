import type { MessagePort } from 'node:worker_threads'
import { compileQuickJs, instantiateQuickJs, type QuickJsModule } from './quickjs-module.ts'
import { createQuickJsVm } from './quickjs-vm.ts'
import type { ScriptVm } from './script-vm.ts'
import type { FromWorker, ToWorker, WorkerData } from './worker-messages.ts'
import { createWorkerRun, type WorkerRun } from './worker-run.ts'

const MEMORY_BYTES_DEFAULT = 64 * 1024 * 1024

/** For who wants to look at the memory that scripts run in. */
export interface MachineWatcher {
  /** A machine has booted; no script has run in it. */
  onBoot(memory: WebAssembly.Memory): void
  /** A script is over, and its machine is about to be used again or dropped. */
  onOver(memory: WebAssembly.Memory, isClean: boolean): void
}

interface Machine {
  quickJs: QuickJsModule
  vm: ScriptVm
  memoryBytesMax: number
}

/** Answers a worker's messages: one script at a time, each in a clean machine. */
export async function serveScripts(port: MessagePort, data: WorkerData, watcher?: MachineWatcher): Promise<void> {
  const control = new Int32Array(data.control)
  const send = (message: FromWorker) => port.postMessage(message)
  let machine: Machine | undefined
  let run: WorkerRun | undefined
  let queue: Promise<void> = Promise.resolve()

  async function machineFor(compiled: WebAssembly.Module, memoryBytesMax: number): Promise<ScriptVm> {
    if (machine?.memoryBytesMax !== memoryBytesMax) {
      machine = undefined
      const quickJs = await instantiateQuickJs(compiled, memoryBytesMax)
      machine = { quickJs, vm: createQuickJsVm(quickJs, memoryBytesMax), memoryBytesMax }
      watcher?.onBoot(quickJs.memory)
    }
    return machine.vm
  }

  /** A machine that is not clean is never mended: a fresh one takes its place before the next script asks. */
  async function replaceMachine(compiled: WebAssembly.Module): Promise<void> {
    const memoryBytesMax = machine?.memoryBytesMax ?? MEMORY_BYTES_DEFAULT
    machine = undefined
    await machineFor(compiled, memoryBytesMax)
  }

  async function handle(compiled: WebAssembly.Module, message: ToWorker): Promise<void> {
    if (message.kind === 'start') {
      const vm = await machineFor(compiled, message.memoryBytesMax)
      run = createWorkerRun({ vm, start: message, control, send })
      run.start()
    } else if (run?.id === message.run) {
      if (message.kind === 'settle') run.settle(message)
      else run.abandon()
    }
    if (run?.hasEnded === true) {
      const { isClean } = run
      run = undefined
      if (machine !== undefined) watcher?.onOver(machine.quickJs.memory, isClean)
      if (!isClean) await replaceMachine(compiled)
    }
  }

  function giveUp(error: unknown): void {
    send({ kind: 'unusable', message: error instanceof Error ? error.message : String(error) })
  }

  try {
    const compiled = data.compiled ?? (await compileQuickJs())
    await machineFor(compiled, MEMORY_BYTES_DEFAULT)
    port.on('message', (message: ToWorker) => {
      queue = queue.then(() => handle(compiled, message)).catch(giveUp)
    })
    send({ kind: 'ready', compiled })
  } catch (error) {
    giveUp(error)
  }
}
