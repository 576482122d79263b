import { CALL_BOUNDS, CONSOLE_LIMITS, GUEST_POST, TIMER_BOUNDS } from './guest/prelude.ts'
import type { Address, QuickJsContext } from './quickjs-context.ts'
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
  /** From now on the script can only report how it ended. */
  close(): void
}

type Limits = Pick<VmScript, 'toolCallsMax' | 'outputBytesMax'>

/**
 * Takes what a guest posts. The prelude keeps every bound by itself; here each is checked once more, before anything is
 * copied, because this is the only door out of the machine.
 */
export function createGuestBridge(guest: QuickJsContext, limits: Limits, host: VmHost): GuestBridge {
  return new CheckedBridge(guest, limits, host)
}

class CheckedBridge implements GuestBridge {
  readonly calls = new Set<number>()
  readonly timers = new Set<number>()
  isSettled = false
  isForged = false
  answer: GuestAnswer | undefined
  readonly #guest: QuickJsContext
  readonly #limits: Limits
  readonly #host: VmHost
  #isClosed = false
  #callsPosted = 0
  #argumentsLength = 0
  #timersPosted = 0
  #logsPosted = 0

  constructor(guest: QuickJsContext, limits: Limits, host: VmHost) {
    this.#guest = guest
    this.#limits = limits
    this.#host = host
  }

  close(): void {
    this.#isClosed = true
  }

  receive(argument: (index: number) => Address): void {
    if (this.isForged) return
    const number = (index: number) => this.#guest.readNumber(argument(index))
    const kind = number(0)
    if (kind === GUEST_POST.end) this.#receiveAnswer(argument(1), argument(2))
    else if (kind === GUEST_POST.settled) this.isSettled = true
    else if (this.#isClosed) return
    else if (kind === GUEST_POST.call) this.#receiveCall(number(1), argument)
    else if (kind === GUEST_POST.timer) this.#receiveTimer(number(1), number(2))
    else if (kind === GUEST_POST.timerCleared) {
      if (this.timers.delete(number(1))) this.#host.onTimerCleared(number(1))
    } else if (kind === GUEST_POST.log) this.#receiveLog(number(1), argument(2), number(3))
    else this.isForged = true
  }

  /** `undefined`, and the machine is broken, for anything but a text of at most so many bytes. */
  #text(value: Address, bytesMax: number): string | undefined {
    const read = this.#guest.readBoundedText(value, bytesMax)
    if (read === undefined) this.isForged = true
    return read
  }

  #receiveCall(id: number, argument: (index: number) => Address): void {
    const tool = this.#text(argument(2), CALL_BOUNDS.nameLengthMax * BYTES_PER_CHARACTER)
    const argsJson = this.#text(argument(3), CALL_BYTES_MAX)
    const stack = this.#text(argument(4), CALL_BOUNDS.stackLengthMax * BYTES_PER_CHARACTER)
    if (tool === undefined || argsJson === undefined || stack === undefined) return
    this.#argumentsLength += argsJson.length
    const isNext = id === this.#callsPosted + 1 && id <= this.#limits.toolCallsMax
    if (!isNext || this.#argumentsLength > CALL_BOUNDS.argumentsLengthTotalMax) {
      this.isForged = true
      return
    }
    this.#callsPosted = id
    this.calls.add(id)
    this.#host.onCall({ id, tool, argsJson, stack })
  }

  #receiveTimer(id: number, delayMs: number): void {
    const isNext = id === this.#timersPosted + 1 && id <= TIMER_BOUNDS.timersMax
    if (!isNext || !(delayMs >= 0 && delayMs <= TIMER_BOUNDS.delayMsMax)) {
      this.isForged = true
      return
    }
    this.#timersPosted = id
    this.timers.add(id)
    this.#host.onTimer({ id, delayMs })
  }

  #receiveLog(level: number, line: Address, atMs: number): void {
    if (this.#guest.isUndefined(line)) {
      this.#host.onLogDropped()
      return
    }
    const json = this.#text(line, LOG_BYTES_MAX)
    if (json === undefined || !Number.isFinite(atMs) || this.#logsPosted >= CONSOLE_LIMITS.linesMax) {
      this.isForged = true
      return
    }
    this.#logsPosted += 1
    this.#host.onLog({ level, json, atMs })
  }

  #receiveAnswer(header: Address, json: Address): void {
    const given = this.#guest.readBoundedText(header, HEADER_BYTES_MAX)
    const bytesMax = this.#limits.outputBytesMax * BYTES_PER_CHARACTER
    const value = this.#guest.isUndefined(json) ? undefined : this.#text(json, bytesMax)
    if (given !== undefined && !this.isForged) this.answer = { header: given, json: value }
  }
}
