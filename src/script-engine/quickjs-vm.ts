import { GUEST_POST, type GuestFunction } from './guest/prelude.ts'
import { readGuestEnd, readGuestError, readGuestText } from './guest-answer.ts'
import { createMemoryImage } from './memory-image.ts'
import { SCRIPT_FILE } from './prepare-script.ts'
import { type Address, createQuickJsGuest, type QuickJsGuest } from './quickjs-guest.ts'
import { findHeapEnd } from './quickjs-layout.ts'
import type { QuickJsModule } from './quickjs-module.ts'
import type { GuestError, ScriptVm, VmFailure, VmHost, VmScript, VmState } from './script-vm.ts'
import { crashOf, failureOf, isIrregular } from './vm-failure.ts'

/** Jobs between two looks at whether the script was ended. */
const JOBS_PER_SLICE = 100
/** Given to the guest, once its time is up, to say where it was. */
const LAST_WORDS_MS = 20
const LAST_WORDS_JOBS = 10
const STACK_BYTES_MAX = 512 * 1024

interface Run {
  host: VmHost
  isSettled: boolean
  interruptedAtMs?: number
  /** What the guest last answered through its host function. */
  answer?: { header: string; json: string | undefined }
  /** What was thrown where no promise took it. */
  thrown?: GuestError
  /** What the host still has to settle. */
  calls: Set<number>
  timers: Set<number>
}

/** One QuickJS instance as a `ScriptVm`. Throws only when this build of QuickJS cannot be used at all. */
export function createQuickJsVm(quickJs: QuickJsModule, memoryBytesMax: number): ScriptVm {
  const stackTop = quickJs.stackPointer()
  const heapEnd = findHeapEnd(quickJs, stackTop)
  let run: Run | undefined
  let isClean = true
  const times = { startMs: 0, freezeMs: 0, bridgeMs: 0 }

  const guest = createQuickJsGuest(quickJs, {
    onPost: argument => {
      if (run === undefined) return
      const startMs = performance.now()
      receivePost(guest, run, argument)
      times.bridgeMs += performance.now() - startMs
    },
    shouldInterrupt: () => {
      if (run === undefined) return false
      if (run.interruptedAtMs !== undefined) return performance.now() > run.interruptedAtMs + LAST_WORDS_MS
      if (!run.host.shouldInterrupt()) return false
      run.interruptedAtMs = performance.now()
      return true
    },
  })
  const image = createMemoryImage({ memory: quickJs.memory, stackTop, heapEnd })

  /** Runs a slice; whatever the host side throws means that the instance is broken. */
  function slice(active: Run, work: () => VmState | undefined): VmState {
    try {
      const state = work() ?? pump(guest, active, isFull)
      if (state.kind === 'failed' && isIrregular(state.failure)) isClean = false
      return state
    } catch (error) {
      isClean = false
      return { kind: 'failed', failure: crashOf(error) }
    }
  }

  const isFull = () => quickJs.memory.buffer.byteLength > memoryBytesMax * 0.9

  /** Calls a function of the prelude with a text; false when it threw or there was no room. */
  function callWithText(active: Run, name: GuestFunction, text: string): boolean {
    const value = guest.text(text)
    if (value === 0) return false
    const isDone = guest.call(name, [value], error => noteThrown(guest, active, error))
    guest.free(value)
    return isDone
  }

  /** The prelude itself could not go on: its time was up, or there was no room. */
  function stopped(active: Run): VmState | undefined {
    if (active.interruptedAtMs !== undefined) return undefined
    return failed(active.thrown === undefined ? { kind: 'memory' } : failureOf(active.thrown, isFull()))
  }

  return {
    times,
    start: (script, host) => {
      const active: Run = { host, isSettled: false, calls: new Set(), timers: new Set() }
      run = active
      const startMs = performance.now()
      Object.assign(times, { startMs: 0, freezeMs: 0, bridgeMs: 0 })
      return slice(active, () => {
        guest.setStackBytesMax(Math.min(script.stackBytesMax, STACK_BYTES_MAX))
        if (!callWithText(active, 'begin', beginJson(script))) return stopped(active)
        const onThrown = (error: Address) => noteThrown(guest, active, error)
        const compiledScript = guest.evaluate(script.code, SCRIPT_FILE, onThrown)
        if (compiledScript === undefined) {
          const failure = failureOf(active.thrown, isFull())
          return failed(failure.kind === 'thrown' ? { kind: 'parse', error: failure.error } : failure)
        }
        times.startMs = performance.now() - startMs
        guest.call('start', [compiledScript], onThrown)
        guest.free(compiledScript)
        return undefined
      })
    },
    settle: settlements => {
      const active = run
      if (active === undefined) return failed({ kind: 'crashed', message: 'no script is running' })
      return slice(active, () => {
        const startMs = performance.now()
        if (!callWithText(active, 'parse', settlements.json)) return stopped(active)
        const parsedMs = performance.now()
        if (!guest.call('freeze', [], error => noteThrown(guest, active, error))) return stopped(active)
        const frozenMs = performance.now()
        for (const id of settlements.callIds) active.calls.delete(id)
        for (const id of settlements.timerIds) active.timers.delete(id)
        const elapsed = guest.number(settlements.elapsedMs)
        guest.call('deliver', [elapsed])
        guest.free(elapsed)
        times.bridgeMs += parsedMs - startMs
        times.freezeMs += frozenMs - parsedMs
        return undefined
      })
    },
    reset: () => {
      run = undefined
      if (isClean && quickJs.stackPointer() === stackTop) isClean = image.restore()
      else isClean = false
      return isClean
    },
    memoryBytes: () => quickJs.memory.buffer.byteLength,
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

function receivePost(guest: QuickJsGuest, run: Run, argument: (index: number) => Address): void {
  const { host } = run
  const isOver = run.interruptedAtMs !== undefined
  const id = () => guest.readNumber(argument(1))
  switch (guest.readNumber(argument(0))) {
    case GUEST_POST.call: {
      if (isOver) break
      const call = { id: id(), tool: guest.readText(argument(2)), argsJson: guest.readText(argument(3)) }
      run.calls.add(call.id)
      host.onCall({ ...call, stack: guest.readText(argument(4)) })
      break
    }
    case GUEST_POST.timer:
      run.timers.add(id())
      host.onTimer({ id: id(), delayMs: guest.readNumber(argument(2)) })
      break
    case GUEST_POST.timerCleared:
      run.timers.delete(id())
      host.onTimerCleared(id())
      break
    case GUEST_POST.log: {
      const json = guest.readJson(argument(2))
      if (isOver) break
      if (json === undefined) host.onLogDropped()
      else host.onLog({ level: id(), atMs: guest.readNumber(argument(3)), json })
      break
    }
    case GUEST_POST.settled:
      run.isSettled = true
      break
    case GUEST_POST.end:
      run.answer = { header: guest.readText(argument(1)), json: guest.readJson(argument(2)) }
      break
  }
}

/** Calls a function of the prelude that answers through the host function. */
function ask(guest: QuickJsGuest, run: Run, name: GuestFunction, args: readonly Address[] = []): Run['answer'] {
  delete run.answer
  guest.call(name, args, name === 'describeError' ? undefined : error => noteThrown(guest, run, error))
  return run.answer
}

function noteThrown(guest: QuickJsGuest, run: Run, error: Address): void {
  const answer = ask(guest, run, 'describeError', [error])
  if (answer !== undefined) run.thrown = readGuestError(answer.header)
}

/** Runs what is queued, then tells where the script stands. */
function pump(guest: QuickJsGuest, run: Run, isFull: () => boolean): VmState {
  const onThrown = (error: Address) => noteThrown(guest, run, error)
  while (run.interruptedAtMs === undefined && guest.runJobs(JOBS_PER_SLICE, onThrown)) {
    if (run.host.shouldInterrupt()) run.interruptedAtMs = performance.now()
  }
  if (run.interruptedAtMs !== undefined && !run.isSettled) guest.runJobs(LAST_WORDS_JOBS, onThrown)
  if (run.interruptedAtMs === undefined && !run.isSettled) return stateUnsettled(guest, run, isFull)
  const answer = run.isSettled ? ask(guest, run, 'conclude') : undefined
  const end = answer && readGuestEnd(answer.header)
  if (run.interruptedAtMs !== undefined) {
    const error = run.thrown ?? (end?.kind === 'failed' ? end.error : undefined)
    return failed({ kind: 'interrupted', ...(error && { error }) })
  }
  switch (end?.kind) {
    case 'returned': {
      const json = answer?.json
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

function stateUnsettled(guest: QuickJsGuest, run: Run, isFull: () => boolean): VmState {
  if (run.calls.size + run.timers.size > 0) return { kind: 'waiting' }
  if (run.thrown !== undefined) return failed(failureOf(run.thrown, isFull()))
  const answer = ask(guest, run, 'newestPending')
  return failed({ kind: 'deadlock', ...(answer && { stack: readGuestText(answer.header) }) })
}
