import { BRIDGE_ABUSE } from './bridge-abuse.ts'
import { ESCAPES } from './escapes.ts'
import type { HostileScript } from './hostile-script.ts'
import { PROTOTYPES } from './prototypes.ts'
import { RESOURCES } from './resources.ts'

/** Every hand-written hostile script, by the order of the threats. */
export const CORPUS: readonly HostileScript[] = [...ESCAPES, ...PROTOTYPES, ...RESOURCES, ...BRIDGE_ABUSE]
