import { nothingToCall, toolFunctions } from '../bench-tools.ts'
import { type Contender, MEMORY_BYTES_MAX, TIMEOUT_MS } from '../contender.ts'
import { importPeer } from '../peers/import-peer.ts'
import { programFunction } from '../strip-program.ts'

type Evaluated = { ok: true; data: unknown } | { ok: false; error: { name: string; message: string } }
interface Sandbox {
  evalCode(code: string): Promise<Evaluated>
}
interface SandboxPackage {
  variant: object
  loadQuickJs(variant: object): Promise<{
    runSandboxed(work: (sandbox: Sandbox) => Promise<Evaluated>, options: object): Promise<Evaluated>
  }>
}

/** The package `@sebastianwessel/quickjs` as its documentation uses it: loaded once, a sandbox for each program. */
export const sebastianwessel: Contender = {
  name: '@sebastianwessel/quickjs',
  isolation: 'QuickJS-NG in WASM, fresh context, in its host’s thread',
  open: async () => {
    const { loadQuickJs, variant } = await importPeer<SandboxPackage>('@sebastianwessel/quickjs')
    const { runSandboxed } = await loadQuickJs(variant)
    return {
      run: async program => {
        const { call = nothingToCall, timeoutMs = TIMEOUT_MS } = program
        const code = `const tools = env.tools\nexport default await (${programFunction(program)})()`
        const options = {
          executionTimeout: timeoutMs,
          memoryLimit: MEMORY_BYTES_MAX,
          env: { tools: toolFunctions(call) },
        }
        const result = await runSandboxed(({ evalCode }) => evalCode(code), options)
        if (!result.ok) throw new Error(`${result.error.name}: ${result.error.message}`)
        return result.data
      },
      close: async () => undefined,
    }
  },
}
