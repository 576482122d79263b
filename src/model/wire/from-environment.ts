import type { Clock } from '../../contracts/clock.ts'
import type { ModelEntry } from '../../contracts/model.ts'
import type { Environment } from '../environment.ts'
import type { Wire } from './wire-provider.ts'

/** What every wire is made from, next to what its spec names. */
export interface FromEnvironment {
  entry: ModelEntry
  clock: Clock
  environment: Environment
}

/** A wire, and the values that its failure messages must not contain. */
export interface WireWithSecrets {
  wire: Wire
  secrets: string[]
}
