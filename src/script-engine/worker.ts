import { parentPort, workerData } from 'node:worker_threads'
import { compileQuickJs, instantiateQuickJs } from './quickjs-module.ts'
import { createQuickJsVm } from './quickjs-vm.ts'
import type { ScriptVm } from './script-vm.ts'
import type { FromWorker, ToWorker, WorkerData } from './worker-messages.ts'
import { createWorkerRun, type WorkerRun } from './worker-run.ts'

const MEMORY_BYTES_DEFAULT = 64 * 1024 * 1024

const port = parentPort
if (port === null) throw new Error('this file runs as a worker')
const data = workerData as WorkerData
const control = new Int32Array(data.control)
const send = (message: FromWorker) => port.postMessage(message)

let machine: { vm: ScriptVm; memoryBytesMax: number } | undefined
let run: WorkerRun | undefined
let queue: Promise<void> = Promise.resolve()

async function machineFor(compiled: WebAssembly.Module, memoryBytesMax: number): Promise<ScriptVm> {
  if (machine?.memoryBytesMax !== memoryBytesMax) {
    machine = undefined
    const quickJs = await instantiateQuickJs(compiled, memoryBytesMax)
    machine = { vm: createQuickJsVm(quickJs, memoryBytesMax), memoryBytesMax }
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
    const isClean = run.isClean
    run = undefined
    if (!isClean) await replaceMachine(compiled)
  }
}

async function serve(): Promise<void> {
  const compiled = data.compiled ?? (await compileQuickJs())
  await machineFor(compiled, MEMORY_BYTES_DEFAULT)
  port?.on('message', (message: ToWorker) => {
    queue = queue.then(() => handle(compiled, message)).catch(giveUp)
  })
  send({ kind: 'ready', compiled })
}

function giveUp(error: unknown): void {
  send({ kind: 'unusable', message: error instanceof Error ? error.message : String(error) })
}

serve().catch(giveUp)
