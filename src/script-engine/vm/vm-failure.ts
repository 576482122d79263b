import { errorText } from '../../base/error-text.ts'
import type { GuestError, VmFailure } from './script-vm.ts'

/** The prelude captures what it uses, but QuickJS itself looks at some prototypes, in JSON.stringify for one. */
const BROKEN_BUILT_INS: GuestError = {
  name: 'Error',
  message: 'the script changed built-in objects in such a way that its result could not be read',
  stack: '',
}

/** What an uncaught error of the guest means for the machine. `isFull`: the memory is at its cap. */
export function failureOf(error: GuestError | undefined, isFull: boolean): VmFailure {
  // Out of memory, QuickJS sometimes throws null: there is no room for the error.
  if (isFull && (error === undefined || error.message === 'null')) return { kind: 'memory' }
  if (error === undefined) return { kind: 'thrown', error: BROKEN_BUILT_INS }
  if (error.name !== 'InternalError') return { kind: 'thrown', error }
  if (error.message === 'out of memory') return { kind: 'memory', error }
  if (error.message === 'stack overflow') return { kind: 'stack', error }
  if (error.message === 'interrupted') return { kind: 'interrupted', error }
  return { kind: 'thrown', error }
}

/** After these the machine's state is not trusted: its instance is dropped. */
export function isIrregular(failure: VmFailure): boolean {
  return ['interrupted', 'memory', 'stack', 'crashed'].includes(failure.kind)
}

/** The host side threw: a WASM trap, an abort, or V8's own stack ran out inside the interpreter. */
export function crashOf(error: unknown, isFull: boolean): VmFailure {
  if (error instanceof RangeError) return { kind: 'stack' }
  // Some of the interpreter's own code does not look whether it got the memory it asked for.
  if (isFull) return { kind: 'memory' }
  return { kind: 'crashed', message: errorText(error) }
}
