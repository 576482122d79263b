import type { TrialEvent } from '../contracts/events.ts'

export type EventOf<Type extends TrialEvent['type']> = Extract<TrialEvent, { type: Type }>

/** The events of one type, in order. */
export function eventsOf<Type extends TrialEvent['type']>(
  events: readonly TrialEvent[],
  type: Type,
): readonly EventOf<Type>[] {
  return events.filter((event): event is EventOf<Type> => event.type === type)
}
