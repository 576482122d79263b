/** Lets calls run up to two limits, a common one and one for each name; the others wait in order. */
export interface CallQueue {
  /** Resolves with a release function once a place is free, or with `undefined` when the signal aborts first. */
  enter(name: string, signal: AbortSignal): Promise<(() => void) | undefined>
}

interface Waiting {
  name: string
  start(): void
}

export function createCallQueue(callsInFlightMax: number, maxOf: (name: string) => number): CallQueue {
  const running = new Map<string, number>()
  const waiting: Waiting[] = []
  let inFlight = 0

  const hasPlace = (name: string) => inFlight < callsInFlightMax && (running.get(name) ?? 0) < maxOf(name)
  const take = (name: string, change: 1 | -1) => {
    inFlight += change
    running.set(name, (running.get(name) ?? 0) + change)
  }
  const advance = () => {
    for (let index = 0; index < waiting.length && inFlight < callsInFlightMax; ) {
      const next = waiting[index] as Waiting
      if (hasPlace(next.name)) {
        waiting.splice(index, 1)
        next.start()
      } else {
        index++
      }
    }
  }
  const releaseOf = (name: string) => {
    let isHeld = true
    return () => {
      if (!isHeld) return
      isHeld = false
      take(name, -1)
      advance()
    }
  }

  return {
    enter(name, signal) {
      if (signal.aborted) return Promise.resolve(undefined)
      return new Promise(resolve => {
        const abort = () => {
          waiting.splice(waiting.indexOf(entry), 1)
          resolve(undefined)
        }
        const entry: Waiting = {
          name,
          start() {
            signal.removeEventListener('abort', abort)
            take(name, 1)
            resolve(releaseOf(name))
          },
        }
        signal.addEventListener('abort', abort, { once: true })
        waiting.push(entry)
        advance()
      })
    },
  }
}
