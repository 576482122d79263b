import { CALL_BOUNDS, CONSOLE_LIMITS, GUEST_POST, TIMER_BOUNDS } from './guest/prelude.ts'
import type { Address, QuickJsGuest } from './quickjs-guest.ts'
import type { VmHost, VmScript } from './script-vm.ts'

/** A character takes at most three bytes of UTF-8, an escaped one six of JSON. */
const BYTES_PER_CHARACTER = 3
const ESCAPED_BYTES_PER_CHARACTER = 6
/** An answer's texts are cut by the prelude; with a toJSON a script can still make one of any length. */
const HEADER_BYTES_MAX = 256 * 1024
const LOG_BYTES_MAX = (CONSOLE_LIMITS.lineLengthMax + 100) * ESCAPED_BYTES_PER_CHARACTER
const CALL_BYTES_MAX = CALL_BOUNDS.argumentsLengthMax * BYTES_PER_CHARACTER

/** What the guest last answered through its host function. */
export interface GuestAnswer {
  header: string
  json: string | undefined
}

/** What one script has posted, and what the host still has to settle. */
export interface GuestBridge {
  readonly isSettled: boolean
  /** The prelude never posts this: something else called the host function, so the machine is broken. */
  readonly isForged: boolean
  answer: GuestAnswer | undefined
  readonly calls: Set<number>
  readonly timers: Set<number>
  receive(argument: (index: number) => Address): void
  /** From now on the script may say how it ended, and nothing else. */
  close(): void
}

type Limits = Pick<VmScript, 'toolCallsMax' | 'outputBytesMax'>

/**
 * Takes what a guest posts. The prelude keeps every bound by itself; here each is checked once more, before anything is
 * copied, because this is the only door out of the machine.
 */
export function createGuestBridge(guest: QuickJsGuest, limits: Limits, host: VmHost): GuestBridge {
  const calls = new Set<number>()
  const timers = new Set<number>()
  let [callsPosted, argumentsLength, timersPosted, logsPosted] = [0, 0, 0, 0]
  let isSettled = false
  let isForged = false
  let isClosed = false
  let answer: GuestAnswer | undefined

  function forged(): void {
    isForged = true
  }

  /** `undefined`, and the machine is broken, for anything but a text of at most so many bytes. */
  function text(value: Address, bytesMax: number): string | undefined {
    const read = guest.readBoundedText(value, bytesMax)
    if (read === undefined) forged()
    return read
  }

  function receiveCall(id: number, argument: (index: number) => Address): void {
    const tool = text(argument(2), CALL_BOUNDS.nameLengthMax * BYTES_PER_CHARACTER)
    const argsJson = text(argument(3), CALL_BYTES_MAX)
    const stack = text(argument(4), CALL_BOUNDS.stackLengthMax * BYTES_PER_CHARACTER)
    if (tool === undefined || argsJson === undefined || stack === undefined) return
    argumentsLength += argsJson.length
    const isNext = id === callsPosted + 1 && id <= limits.toolCallsMax
    if (!isNext || argumentsLength > CALL_BOUNDS.argumentsLengthTotalMax) {
      forged()
      return
    }
    callsPosted = id
    calls.add(id)
    host.onCall({ id, tool, argsJson, stack })
  }

  function receiveTimer(id: number, delayMs: number): void {
    const isNext = id === timersPosted + 1 && id <= TIMER_BOUNDS.timersMax
    if (!isNext || !(delayMs >= 0 && delayMs <= TIMER_BOUNDS.delayMsMax)) {
      forged()
      return
    }
    timersPosted = id
    timers.add(id)
    host.onTimer({ id, delayMs })
  }

  function receiveLog(level: number, line: Address, atMs: number): void {
    if (guest.isUndefined(line)) {
      host.onLogDropped()
      return
    }
    const json = text(line, LOG_BYTES_MAX)
    if (json === undefined || !Number.isFinite(atMs) || logsPosted >= CONSOLE_LIMITS.linesMax) {
      forged()
      return
    }
    logsPosted += 1
    host.onLog({ level, json, atMs })
  }

  function receiveAnswer(header: Address, json: Address): void {
    const given = guest.readBoundedText(header, HEADER_BYTES_MAX)
    const bytesMax = limits.outputBytesMax * BYTES_PER_CHARACTER
    const value = guest.isUndefined(json) ? undefined : text(json, bytesMax)
    if (given !== undefined && !isForged) answer = { header: given, json: value }
  }

  function receive(argument: (index: number) => Address): void {
    if (isForged) return
    const number = (index: number) => guest.readNumber(argument(index))
    const kind = number(0)
    if (kind === GUEST_POST.end) receiveAnswer(argument(1), argument(2))
    else if (kind === GUEST_POST.settled) isSettled = true
    else if (isClosed) return
    else if (kind === GUEST_POST.call) receiveCall(number(1), argument)
    else if (kind === GUEST_POST.timer) receiveTimer(number(1), number(2))
    else if (kind === GUEST_POST.timerCleared) {
      if (timers.delete(number(1))) host.onTimerCleared(number(1))
    } else if (kind === GUEST_POST.log) receiveLog(number(1), argument(2), number(3))
    else forged()
  }

  return {
    calls,
    timers,
    receive,
    close: () => {
      isClosed = true
    },
    get isSettled() {
      return isSettled
    },
    get isForged() {
      return isForged
    },
    get answer() {
      return answer
    },
    set answer(given) {
      answer = given
    },
  }
}
