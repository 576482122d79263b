/** How a port can fail to be a port. */
export type PortFaultKind = 'hung' | 'crashed' | 'flooded' | 'bad-reply' | 'wrote-outside' | 'not-run' | 'not-offered'

/** A port that did not answer a call properly. Counted as an error of the case; the check goes on. */
export class PortFault extends Error {
  override readonly name = 'PortFault'
  readonly kind: PortFaultKind

  constructor(kind: PortFaultKind, message: string) {
    super(message)
    this.kind = kind
  }
}
