import { seededRandom } from '../../base/random.ts'
import type { ScriptRequest } from '../../contracts/script.ts'
import type { PreparedScript } from '../source/prepare-script.ts'
import type { VmScript } from '../vm/script-vm.ts'

type GuestRequest = Pick<ScriptRequest, 'context' | 'limits' | 'nowMs' | 'seed'>

function randomWords(seed: string): VmScript['randomWords'] {
  const random = seededRandom(seed)
  const word = () => Math.floor(random() * 2 ** 32)
  return [word(), word(), word(), word()]
}

/** What the machine is given of a request. */
export function vmScriptOf(script: PreparedScript, request: GuestRequest, toolNames: readonly string[]): VmScript {
  const { toolCallsMax, outputBytesMax, stackBytesMax } = request.limits
  return {
    ...{ toolCallsMax, outputBytesMax, stackBytesMax, toolNames, nowMs: request.nowMs },
    code: script.code,
    contextJson: JSON.stringify(request.context),
    randomWords: randomWords(request.seed),
  }
}
