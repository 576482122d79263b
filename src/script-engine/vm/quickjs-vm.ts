import { SCRIPT_FILE } from '../source/prepare-script.ts'
import type { GuestFunction } from './guest/prelude.ts'
import { readGuestEnd, readGuestError, readGuestText } from './guest-answer.ts'
import { createGuestBridge, type GuestAnswer, type GuestBridge } from './guest-bridge.ts'
import { isNestedDeeper, JSON_DEPTH_MAX } from './json-depth.ts'
import { createMemoryImage, type MemoryImage } from './memory-image.ts'
import { type Address, createQuickJsContext, type QuickJsContext } from './quickjs-context.ts'
import { findHeapEnd } from './quickjs-layout.ts'
import type { QuickJsModule } from './quickjs-module.ts'
import type { GuestError, ScriptVm, VmFailure, VmHost, VmScript, VmSettlements, VmState } from './script-vm.ts'
import { crashOf, failureOf, isIrregular } from './vm-failure.ts'

/** Jobs between two looks at whether the script was ended. */
const JOBS_PER_SLICE = 100
/** Given to the guest, once its time is up, to say where it was. */
const LAST_WORDS_MS = 20
const LAST_WORDS_JOBS = 10
const STACK_BYTES_MAX = 512 * 1024
const FORGED: VmFailure = { kind: 'crashed', message: 'something other than its prelude used its bridge' }
const TOO_DEEP: GuestError = {
  name: 'RangeError',
  message: `the returned value is nested deeper than ${JSON_DEPTH_MAX} levels: return something flatter`,
  stack: '',
}

interface Run {
  host: VmHost
  bridge: GuestBridge
  interruptedAtMs?: number
  /** What was thrown where no promise took it. */
  thrown?: GuestError
}

/** One QuickJS instance as a `ScriptVm`. Throws only when this build of QuickJS cannot be used at all. */
export function createQuickJsVm(quickJs: QuickJsModule, memoryBytesMax: number): ScriptVm {
  return new QuickJsVm(quickJs, memoryBytesMax)
}

class QuickJsVm implements ScriptVm {
  readonly times = { startMs: 0, freezeMs: 0, bridgeMs: 0 }
  readonly #quickJs: QuickJsModule
  readonly #stackTop: number
  readonly #guest: QuickJsContext
  readonly #image: MemoryImage
  readonly #isFull: () => boolean
  #run: Run | undefined
  #isClean = true

  constructor(quickJs: QuickJsModule, memoryBytesMax: number) {
    this.#quickJs = quickJs
    this.#stackTop = quickJs.stackPointer()
    const heapEnd = findHeapEnd(quickJs, this.#stackTop)
    this.#guest = createQuickJsContext(quickJs, {
      onPost: argument => this.#receive(argument),
      shouldInterrupt: () => this.#run !== undefined && this.#shouldInterrupt(this.#run),
    })
    this.#image = createMemoryImage({ memory: quickJs.memory, stackTop: this.#stackTop, heapEnd })
    this.#isFull = () => quickJs.memory.buffer.byteLength > memoryBytesMax * 0.9
  }

  start(script: VmScript, host: VmHost): VmState {
    const guest = this.#guest
    const active: Run = { host, bridge: createGuestBridge(guest, script, host) }
    this.#run = active
    const startMs = performance.now()
    Object.assign(this.times, { startMs: 0, freezeMs: 0, bridgeMs: 0 })
    return this.#slice(active, () => {
      guest.setStackBytesMax(Math.min(script.stackBytesMax, STACK_BYTES_MAX))
      if (!this.#callWithText(active, 'begin', beginJson(script))) return this.#stopped(active)
      const onThrown = (error: Address) => noteThrown(guest, active, error)
      const compiledScript = guest.evaluate(script.code, SCRIPT_FILE, onThrown)
      if (compiledScript === undefined) {
        const failure = failureOf(active.thrown, this.#isFull())
        return failed(failure.kind === 'thrown' ? { kind: 'parse', error: failure.error } : failure)
      }
      this.times.startMs = performance.now() - startMs
      guest.call('start', [compiledScript], onThrown)
      guest.free(compiledScript)
      return undefined
    })
  }

  settle(settlements: VmSettlements): VmState {
    const active = this.#run
    if (active === undefined) return failed({ kind: 'crashed', message: 'no script is running' })
    const guest = this.#guest
    return this.#slice(active, () => {
      const startMs = performance.now()
      if (!this.#callWithText(active, 'parse', settlements.json)) return this.#stopped(active)
      const parsedMs = performance.now()
      if (!guest.call('freeze', [], error => noteThrown(guest, active, error))) return this.#stopped(active)
      const frozenMs = performance.now()
      for (const id of settlements.callIds) active.bridge.calls.delete(id)
      for (const id of settlements.timerIds) active.bridge.timers.delete(id)
      const elapsed = guest.number(settlements.elapsedMs)
      guest.call('deliver', [elapsed])
      guest.free(elapsed)
      this.times.bridgeMs += parsedMs - startMs
      this.times.freezeMs += frozenMs - parsedMs
      return undefined
    })
  }

  reset(): boolean {
    this.#run = undefined
    if (this.#isClean && this.#quickJs.stackPointer() === this.#stackTop) this.#isClean = this.#image.restore()
    else this.#isClean = false
    return this.#isClean
  }

  memoryBytes(): number {
    return this.#quickJs.memory.buffer.byteLength
  }

  #receive(argument: (index: number) => Address): void {
    const run = this.#run
    if (run === undefined) return
    const startMs = performance.now()
    run.bridge.receive(argument)
    this.times.bridgeMs += performance.now() - startMs
  }

  #shouldInterrupt(run: Run): boolean {
    if (run.interruptedAtMs !== undefined) {
      // Asked all the same: it is how the host sees that the guest still answers.
      run.host.shouldInterrupt()
      return performance.now() > run.interruptedAtMs + LAST_WORDS_MS
    }
    if (!run.bridge.isForged && !run.host.shouldInterrupt()) return false
    interrupt(run)
    return true
  }

  /** Runs a slice; whatever the host side throws means that the instance is broken. */
  #slice(active: Run, work: () => VmState | undefined): VmState {
    try {
      const given = work() ?? pump(this.#guest, active, this.#isFull)
      const state = active.bridge.isForged ? failed(FORGED) : given
      if (state.kind === 'failed' && isIrregular(state.failure)) this.#isClean = false
      return state
    } catch (error) {
      this.#isClean = false
      return failed(crashOf(error, this.#isFull()))
    }
  }

  /** Calls a function of the prelude with a text; false when it threw or there was no room. */
  #callWithText(active: Run, name: GuestFunction, text: string): boolean {
    const value = this.#guest.text(text)
    if (value === 0) return false
    const isDone = this.#guest.call(name, [value], error => noteThrown(this.#guest, active, error))
    this.#guest.free(value)
    return isDone
  }

  /** The prelude itself could not go on: its time was up, or there was no room. */
  #stopped(active: Run): VmState | undefined {
    if (active.interruptedAtMs !== undefined) return undefined
    return failed(active.thrown === undefined ? { kind: 'memory' } : failureOf(active.thrown, this.#isFull()))
  }
}

function failed(failure: VmFailure): VmState {
  return { kind: 'failed', failure }
}

function beginJson(script: VmScript): string {
  const { contextJson, toolNames, randomWords, nowMs, toolCallsMax, outputBytesMax } = script
  const rest = JSON.stringify({ toolNames, randomWords, nowMs, toolCallsMax, outputBytesMax })
  return `{"context":${contextJson},${rest.slice(1)}`
}

/** Its time is up: it can report where it was. */
function interrupt(run: Run): void {
  run.interruptedAtMs = performance.now()
  run.bridge.close()
}

/** Calls a function of the prelude that answers through the host function. */
function ask(
  guest: QuickJsContext,
  run: Run,
  name: GuestFunction,
  args: readonly Address[] = [],
): GuestAnswer | undefined {
  run.bridge.answer = undefined
  guest.call(name, args, name === 'describeError' ? undefined : error => noteThrown(guest, run, error))
  return run.bridge.answer
}

function noteThrown(guest: QuickJsContext, run: Run, error: Address): void {
  const answer = ask(guest, run, 'describeError', [error])
  if (answer !== undefined) run.thrown = readGuestError(answer.header)
}

/** Runs what is queued, then reports the script's state. */
function pump(guest: QuickJsContext, run: Run, isFull: () => boolean): VmState {
  const onThrown = (error: Address) => noteThrown(guest, run, error)
  while (run.interruptedAtMs === undefined && guest.runJobs(JOBS_PER_SLICE, onThrown)) {
    if (run.bridge.isForged || run.host.shouldInterrupt()) interrupt(run)
  }
  if (run.interruptedAtMs !== undefined && !run.bridge.isSettled) guest.runJobs(LAST_WORDS_JOBS, onThrown)
  if (run.interruptedAtMs === undefined && !run.bridge.isSettled) return stateUnsettled(guest, run, isFull)
  const answer = run.bridge.isSettled ? ask(guest, run, 'conclude') : undefined
  const end = answer && readGuestEnd(answer.header)
  if (run.interruptedAtMs !== undefined) {
    const error = run.thrown ?? (end?.kind === 'failed' ? end.error : undefined)
    return failed({ kind: 'interrupted', ...(error && { error }) })
  }
  switch (end?.kind) {
    case 'returned': {
      const json = answer?.json
      if (json !== undefined && isNestedDeeper(json, JSON_DEPTH_MAX)) return failed({ kind: 'thrown', error: TOO_DEEP })
      return { kind: 'returned', unawaitedAt: end.unawaitedAt, ...(json !== undefined && { json }) }
    }
    case 'output-too-large':
      return failed({ kind: 'output-too-large', lengthMin: end.length })
    case 'failed':
      return failed(failureOf(end.error, isFull()))
    default:
      return failed(failureOf(run.thrown, isFull()))
  }
}

function stateUnsettled(guest: QuickJsContext, run: Run, isFull: () => boolean): VmState {
  if (run.bridge.calls.size + run.bridge.timers.size > 0) return { kind: 'waiting' }
  if (run.thrown !== undefined) return failed(failureOf(run.thrown, isFull()))
  // What would have gone on found no room and is lost.
  if (isFull()) return failed({ kind: 'memory' })
  const answer = ask(guest, run, 'newestPending')
  return failed({ kind: 'deadlock', ...(answer && { stack: readGuestText(answer.header) }) })
}
