import { availableParallelism } from 'node:os'
import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads'
import { compileQuickJs, instantiateQuickJs, type QuickJsModule } from '../vm/quickjs-module.ts'
import { createQuickJsVm } from '../vm/quickjs-vm.ts'
import type { ScriptVm, VmHost, VmScript, VmSettlements } from '../vm/script-vm.ts'
import type { FromWorker, ToWorker, WorkerData } from './worker-messages.ts'
import { createWorkerRun, type WorkerRun } from './worker-run.ts'

const MEMORY_BYTES_DEFAULT = 64 * 1024 * 1024
/**
 * For so long a worker whose script waits for tools listens without going to sleep: a thread takes longer to wake up
 * than an ordinary tool to answer. Where there is one processor, it would only keep the answer from coming.
 */
const LISTEN_MS = availableParallelism() > 1 ? 0.2 : 0

const REHEARSAL: VmScript = {
  code: '(async () => [await tools.rehearse({}), JSON.stringify(context)])',
  contextJson: '{}',
  toolNames: ['rehearse'],
  randomWords: [1, 2, 3, 4],
  ...{ nowMs: 0, toolCallsMax: 1, outputBytesMax: 1_000, stackBytesMax: 256 * 1024 },
}
const REHEARSED: VmSettlements = {
  json: '{"calls":[[1,true,{}]],"timers":[]}',
  callIds: [1],
  timerIds: [],
  elapsedMs: 0,
}
const NOBODY: VmHost = {
  ...{ onCall: () => {}, onTimer: () => {}, onTimerCleared: () => {}, onLog: () => {}, onLogDropped: () => {} },
  shouldInterrupt: () => false,
}

/** The first script in a thread takes several times as long as the next, since its machine is compiled as it is used. */
function rehearse(vm: ScriptVm): void {
  vm.start(REHEARSAL, NOBODY)
  vm.settle(REHEARSED)
  vm.reset()
}

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
  /** Messages that have come as events and are not handled yet. */
  let queued = 0

  /** The next message, if it comes at once and none is queued before it. */
  function listen(): ToWorker | undefined {
    if (queued > 1) return undefined
    const endMs = performance.now() + LISTEN_MS
    do {
      const received = receiveMessageOnPort(port)
      if (received !== undefined) return received.message as ToWorker
    } while (performance.now() < endMs)
    return undefined
  }

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

  function continueRun(message: Exclude<ToWorker, { kind: 'start' }>): void {
    if (run?.id !== message.run) return
    if (message.kind === 'settle') run.settle(message)
    else run.abandon()
  }

  async function handle(compiled: WebAssembly.Module, message: ToWorker): Promise<void> {
    if (message.kind === 'start') {
      const vm = await machineFor(compiled, message.memoryBytesMax)
      run = createWorkerRun({ vm, start: message, control, send })
      run.start()
    } else continueRun(message)
    while (run?.waitsForTools === true) {
      const next = listen()
      if (next === undefined) return
      // Nobody starts a second script before the first is over.
      if (next.kind !== 'start') continueRun(next)
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
    const vm = await machineFor(compiled, MEMORY_BYTES_DEFAULT)
    // Somebody waits for the first worker; those after it are made in advance.
    if (data.compiled !== undefined) rehearse(vm)
    port.on('message', (message: ToWorker) => {
      queued += 1
      queue = queue
        .then(() => handle(compiled, message))
        .catch(giveUp)
        .finally(() => {
          queued -= 1
        })
    })
    send({ kind: 'ready', compiled })
  } catch (error) {
    giveUp(error)
  }
}
