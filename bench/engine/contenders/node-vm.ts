import vm from 'node:vm'
import { nothingToCall, toolFunctions } from '../bench-tools.ts'
import { type Contender, TIMEOUT_MS } from '../contender.ts'
import { programFunction, withinTime } from '../strip-program.ts'

/** Node's own contexts: no sandbox at all, and so a floor. */
export const nodeVm: Contender = {
  name: 'node:vm',
  isolation: 'none (a floor): a new V8 context in its host’s thread',
  open: async () => ({
    run: async program => {
      const { call = nothingToCall, timeoutMs = TIMEOUT_MS } = program
      const context = vm.createContext({ tools: toolFunctions(call) })
      const running = vm.runInContext(`(${programFunction(program)})()`, context, { timeout: timeoutMs })
      return await withinTime(timeoutMs + 1, running as Promise<unknown>)
    },
    close: async () => undefined,
  }),
}
