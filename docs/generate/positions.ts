import type { ReinjectionLevel } from '../../src/agent/reinjection.ts'
import { REINJECTIONS } from '../../src/contracts/arm.ts'
import { CARRIAGES, type Carriage, requestsOf } from './sample-conversation.ts'
import { historyBytes, type Slot, slotsOf, WIRES, type Wire } from './wire-bodies.ts'

const COPY = /<(original-user-prompt|harness-neutral-note)>\n[\s\S]*?\n<\/\1>\n?/g

/** Where one level's copies are on one wire, read from requests that were really serialised. */
export interface PositionRow {
  wire: Wire
  carriage: Carriage
  level: ReinjectionLevel
  copies: number
  position: string
  /** How much of a request the next one of the same prompt repeats. */
  shared: 'all of it' | 'up to the copy'
}

export function positionRows(): PositionRow[] {
  return WIRES.flatMap(wire =>
    CARRIAGES.flatMap(carriage => levels(carriage).map(level => positionRow(wire, carriage, level))),
  )
}

/** The carrier only matters for copies on top of the results of native calls. */
function levels(carriage: Carriage): ReinjectionLevel[] {
  return REINJECTIONS.flatMap((reinjection): ReinjectionLevel[] => {
    const onResults = carriage === 'native' && /^(turn-top|turn-top-kept|placebo)$/.test(reinjection)
    const standard: ReinjectionLevel = { reinjection, carrier: 'tool-result' }
    return onResults ? [standard, { reinjection, carrier: 'user-text' }] : [standard]
  })
}

export function positionRow(wire: Wire, carriage: Carriage, level: ReinjectionLevel): PositionRow {
  const requests = requestsOf(carriage, level)
  const [before, newest] = requests.slice(-2) as [(typeof requests)[0], (typeof requests)[0]]
  const slots = slotsOf(wire, newest)
  const positions = copiesIn(slots).map(at => describe(slots, at))
  const [earlier, later] = [historyBytes(wire, before), historyBytes(wire, newest)]
  return {
    wire,
    carriage,
    level,
    copies: positions.length,
    position: positions.length === 0 ? '–' : (positions.at(-1) as string),
    shared: later.startsWith(earlier) ? 'all of it' : 'up to the copy',
  }
}

/** The slots that contain a copy. */
export function copiesIn(slots: readonly Slot[]): number[] {
  return slots.flatMap((slot, index) => (slot.text.match(COPY) ?? []).map(() => index))
}

function describe(slots: readonly Slot[], at: number): string {
  const slot = slots[at] as Slot
  if (slot.text.replace(COPY, '').trim() !== '') {
    return `${slot.text.search(COPY) === 0 ? 'first' : 'last'} bytes of the ${nameOf(slot)}`
  }
  const [previous, next] = [slots[at - 1], slots[at + 1]]
  if (previous?.message === slot.message)
    return `a ${slot.kind} of its own in the same message, right after the ${nameOf(previous)}`
  if (next?.message === slot.message)
    return `a ${slot.kind} of its own in the same message, right before the ${nameOf(next)}`
  return previous === undefined
    ? `a ${slot.kind} of its own right before the ${nameOf(next as Slot)}`
    : `a ${slot.kind} of its own right after the ${nameOf(previous)}`
}

/** A slot by its content. */
function nameOf({ kind, text }: Slot): string {
  const [, number, letter] = /observation (\d)([ab]?)/.exec(text) ?? []
  if (number === undefined) return `${kind} with the ${text.replace(COPY, '').trim()}`
  if (letter === '') return `${kind} with the observation`
  return `${kind} with the ${letter === 'a' ? 'first' : 'last'} of the turn’s results`
}
