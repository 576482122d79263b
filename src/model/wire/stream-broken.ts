/** A reply that stopped before its end. Classified as a connection failure and retried. */
export class StreamBroken extends Error {
  override readonly name = 'StreamBroken'

  constructor(missing: string) {
    super(`the reply ended before ${missing}`)
  }
}
