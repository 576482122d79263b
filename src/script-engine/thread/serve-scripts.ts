import { availableParallelism } from 'node:os'
import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads'
import { errorText } from '../../base/error-text.ts'
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
  const server = new ScriptServer(port, new Int32Array(data.control), watcher)
  try {
    const compiled = data.compiled ?? (await compileQuickJs())
    const vm = await server.machineFor(compiled, MEMORY_BYTES_DEFAULT)
    // The first worker is waited for; those after it are made in advance.
    if (data.compiled !== undefined) rehearse(vm)
    port.on('message', (message: ToWorker) => server.receive(compiled, message))
    server.send({ kind: 'ready', compiled })
  } catch (error) {
    server.giveUp(error)
  }
}

class ScriptServer {
  readonly #port: MessagePort
  readonly #control: Int32Array
  readonly #watcher: MachineWatcher | undefined
  #machine: Machine | undefined
  #run: WorkerRun | undefined
  #queue: Promise<void> = Promise.resolve()
  /** Messages that have come as events and are not handled yet. */
  #queued = 0
  readonly send: (message: FromWorker) => void

  constructor(port: MessagePort, control: Int32Array, watcher: MachineWatcher | undefined) {
    this.#port = port
    this.#control = control
    this.#watcher = watcher
    this.send = message => port.postMessage(message)
  }

  receive(compiled: WebAssembly.Module, message: ToWorker): void {
    this.#queued += 1
    this.#queue = this.#queue
      .then(() => this.#handle(compiled, message))
      .catch((error: unknown) => this.giveUp(error))
      .finally(() => {
        this.#queued -= 1
      })
  }

  giveUp(error: unknown): void {
    this.send({ kind: 'unusable', message: errorText(error) })
  }

  async machineFor(compiled: WebAssembly.Module, memoryBytesMax: number): Promise<ScriptVm> {
    if (this.#machine?.memoryBytesMax !== memoryBytesMax) {
      this.#machine = undefined
      const quickJs = await instantiateQuickJs(compiled, memoryBytesMax)
      this.#machine = { quickJs, vm: createQuickJsVm(quickJs, memoryBytesMax), memoryBytesMax }
      this.#watcher?.onBoot(quickJs.memory)
    }
    return this.#machine.vm
  }

  /** The next message, if it is there already and none is queued before it. */
  #listen(): ToWorker | undefined {
    if (this.#queued > 1) return undefined
    const endMs = performance.now() + LISTEN_MS
    do {
      const received = receiveMessageOnPort(this.#port)
      if (received !== undefined) return received.message as ToWorker
    } while (performance.now() < endMs)
    return undefined
  }

  /** A machine that is not clean is never repaired: a fresh one takes its place before the next script asks. */
  async #replaceMachine(compiled: WebAssembly.Module): Promise<void> {
    const memoryBytesMax = this.#machine?.memoryBytesMax ?? MEMORY_BYTES_DEFAULT
    this.#machine = undefined
    await this.machineFor(compiled, memoryBytesMax)
  }

  #continueRun(message: Exclude<ToWorker, { kind: 'start' }>): void {
    const run = this.#run
    if (run?.id !== message.run) return
    if (message.kind === 'settle') run.settle(message)
    else run.abandon()
  }

  async #handle(compiled: WebAssembly.Module, message: ToWorker): Promise<void> {
    if (message.kind === 'start') {
      const vm = await this.machineFor(compiled, message.memoryBytesMax)
      this.#run = createWorkerRun({ vm, start: message, control: this.#control, send: this.send })
      this.#run.start()
    } else this.#continueRun(message)
    while (this.#run?.waitsForTools === true) {
      const next = this.#listen()
      if (next === undefined) return
      // No second script is started before the first is over.
      if (next.kind !== 'start') this.#continueRun(next)
    }
    if (this.#run?.hasEnded === true) {
      const { isClean } = this.#run
      this.#run = undefined
      if (this.#machine !== undefined) this.#watcher?.onOver(this.#machine.quickJs.memory, isClean)
      if (!isClean) await this.#replaceMachine(compiled)
    }
  }
}
