import { guestClock } from './clock.ts'
import { type ConsoleLimits, guestConsoleProxy } from './console-proxy.ts'
import { guestErrors } from './errors.ts'
import { guestInspect, type InspectBounds } from './inspect.ts'
import { guestInspectCollection, guestInspectObject, guestInspectRecord } from './inspect-objects.ts'
import { guestInspectWriter } from './inspect-writer.ts'
import { guestOutcome } from './outcome.ts'
import { guestPromiseInstaller, guestPromises } from './promises.ts'
import { guestRandom } from './random.ts'
import { guestRejections } from './rejections.ts'
import { guestTimers, type TimerBounds } from './timers.ts'
import { guestToolArguments } from './tool-arguments.ts'
import { guestToolErrors } from './tool-errors.ts'
import { type CallBounds, guestToolFacade } from './tool-facade.ts'
import { guestToolProxy } from './tool-proxy.ts'
import { guestUnawaited } from './unawaited.ts'

/** What the guest's one host function is called for; its first argument. */
export const GUEST_POST = { call: 1, timer: 2, timerCleared: 3, log: 4, settled: 5, end: 6 } as const

/** The functions the prelude returns, in their order. */
export const GUEST_FUNCTIONS = [
  'begin',
  'start',
  'parse',
  'freeze',
  'deliver',
  'conclude',
  'onRejection',
  'newestPending',
  'describeError',
] as const
export type GuestFunction = (typeof GUEST_FUNCTIONS)[number]

export const CONSOLE_LIMITS: ConsoleLimits = { linesPerSecondMax: 20, linesMax: 200, lineLengthMax: 4_000 }
const MIB = 1024 * 1024
export const CALL_BOUNDS: CallBounds = {
  argumentsLengthMax: 8 * MIB,
  argumentsLengthTotalMax: 32 * MIB,
  nameLengthMax: 200,
  stackLengthMax: 4_000,
}
export const TIMER_BOUNDS: TimerBounds = { pendingMax: 1_000, timersMax: 10_000, delayMsMax: 2 ** 31 - 1 }
const INSPECT_BOUNDS: InspectBounds = { depthMax: 4, itemsMax: 100, stringLengthMax: 1_000, lengthMax: 4_000 }

type HostFunction = (post: number, ...values: unknown[]) => void
interface Parts {
  clock: ReturnType<typeof guestClock>
  seedRandom: ReturnType<typeof guestRandom>
  resetConsole: () => void
  promises: ReturnType<typeof guestPromises>
  rejections: ReturnType<typeof guestRejections>
  errors: ReturnType<typeof guestErrors>
  tools: ReturnType<typeof guestToolFacade>
  resetTools: () => void
  timers: ReturnType<typeof guestTimers>
  outcome: ReturnType<typeof guestOutcome>
}

/** Ties the parts together into the functions the host calls. Runs inside the guest. */
function guestFunctions(host: HostFunction, post: typeof GUEST_POST, parts: Parts): Record<GuestFunction, unknown> {
  const { clock, seedRandom, resetConsole, promises, tools, timers, outcome } = parts
  const parse = JSON.parse
  const stringify = JSON.stringify
  const freezeOne = Object.freeze
  const valuesOf = Object.values
  const isArray = Array.isArray
  let outputLengthMax = 0
  type Settlement = [id: number, isOk: boolean, value: unknown]
  let batch: { calls: Settlement[]; timers: number[] } = { calls: [], timers: [] }

  // Loops are counted and functions fetched beforehand, because the script may have changed what they do.
  function freeze(value: unknown): void {
    if (typeof value !== 'object' || value === null) return
    freezeOne(value)
    const items = isArray(value) ? value : valuesOf(value)
    const count = items.length
    for (let index = 0; index < count; index++) {
      const item = items[index]
      if (typeof item === 'object' && item !== null) freeze(item)
    }
  }

  return {
    begin: (json: string) => {
      const given = parse(json)
      clock.begin(given.nowMs)
      seedRandom(given.randomWords)
      resetConsole()
      parts.resetTools()
      tools.begin(given.toolNames, given.toolCallsMax)
      outputLengthMax = given.outputBytesMax
      freeze(given.context)
      Object.defineProperty(globalThis, 'context', { value: given.context, writable: false, configurable: false })
    },
    start: (script: () => Promise<unknown>) => outcome.start(script, () => host(post.settled)),
    parse: (json: string) => {
      batch = parse(json)
    },
    freeze: () => {
      const { calls } = batch
      for (let index = 0; index < calls.length; index++) {
        const settlement = calls[index] as Settlement
        if (settlement[1]) freeze(settlement[2])
      }
    },
    deliver: (elapsedMs: number) => {
      clock.advance(elapsedMs)
      const { calls, timers: due } = batch
      batch = { calls: [], timers: [] }
      for (let index = 0; index < calls.length; index++) {
        const settlement = calls[index] as Settlement
        tools.settle(settlement[0], settlement[1], settlement[2])
      }
      for (let index = 0; index < due.length; index++) timers.fire(due[index] as number)
    },
    conclude: () => {
      const end = outcome.conclude(outputLengthMax)
      if (end.kind !== 'returned') host(post.end, stringify(end))
      else host(post.end, stringify({ kind: end.kind, unawaitedAt: end.unawaitedAt }), end.json)
    },
    onRejection: parts.rejections.onRejection,
    newestPending: () => host(post.end, stringify(promises.newestPending() ?? '')),
    describeError: (reason: unknown) => host(post.end, stringify(parts.errors.describeError(reason))),
  }
}

/** The JavaScript of a printer of values. */
export function inspectSource(bounds: InspectBounds): string {
  return `(bounds => {
const writer = (${guestInspectWriter})(bounds)
const objectsWith = print => (${guestInspectObject})(bounds, {
  writer,
  printers: (${guestInspectRecord})(writer, print),
  collection: (${guestInspectCollection})(writer, print)
})
return (${guestInspect})({ writer, objectsWith })
})(${JSON.stringify(bounds)})`
}

/** The JavaScript that makes a bare machine a guest. Evaluates to a function of the host function. */
export function preludeSource(): string {
  return `'use strict';(host => {
const post = ${JSON.stringify(GUEST_POST)}
const clock = (${guestClock})()
const seedRandom = (${guestRandom})()
const inspect = (${inspectSource(INSPECT_BOUNDS)})
const resetConsole = (${guestConsoleProxy})(${JSON.stringify(CONSOLE_LIMITS)}, {
  clock, inspect, post: (level, json, atMs) => host(post.log, level, json, atMs)
})
const callBounds = ${JSON.stringify(CALL_BOUNDS)}
const toolErrors = (${guestToolErrors})(callBounds)
const tools = (${guestToolFacade})(callBounds, {
  errors: toolErrors,
  readArguments: (${guestToolArguments})(callBounds),
  post: (id, tool, argsJson, stack) => host(post.call, id, tool, argsJson, stack)
})
const resetTools = (${guestToolProxy})(tools, toolErrors)
const promises = (${guestPromises})(${guestPromiseInstaller})
const rejections = (${guestRejections})()
const timers = (${guestTimers})(${JSON.stringify(TIMER_BOUNDS)}, {
  post: (id, delayMs) => host(post.timer, id, delayMs),
  postCleared: id => host(post.timerCleared, id),
  onError: rejections.addUnhandled
})
const errors = (${guestErrors})(toolErrors)
const outcome = (${guestOutcome})({ errors, rejections, unawaitedIn: (${guestUnawaited})() })
const parts = { clock, seedRandom, resetConsole, promises, rejections, errors, tools, resetTools, timers, outcome }
const functions = (${guestFunctions})(host, post, parts)
return ${JSON.stringify(GUEST_FUNCTIONS)}.map(name => functions[name])
})`
}
