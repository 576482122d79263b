import type { ScriptFailureClass } from '../script.ts'

/** What distinguishes one class of script failures from another. */
export interface ScriptFailureTraits {
  /** The clock, the machine or the caller stopped the script, at a place that can differ from run to run. */
  isStoppedFromOutside: boolean
  /** Counted as a failure of the script. One that the harness cancelled at a limit says nothing about the model. */
  isCounted: boolean
}

const OWN: ScriptFailureTraits = { isStoppedFromOutside: false, isCounted: true }
const STOPPED: ScriptFailureTraits = { isStoppedFromOutside: true, isCounted: true }

export const SCRIPT_FAILURE_TRAITS: Readonly<Record<ScriptFailureClass, ScriptFailureTraits>> = {
  extract: OWN,
  parse: OWN,
  type: OWN,
  'unknown-tool': OWN,
  'tool-error': OWN,
  thrown: OWN,
  deadlock: OWN,
  cpu: STOPPED,
  wall: STOPPED,
  memory: OWN,
  stack: OWN,
  'too-many-calls': OWN,
  'output-too-large': OWN,
  killed: STOPPED,
  cancelled: { isStoppedFromOutside: true, isCounted: false },
}
