import { readFile } from 'node:fs/promises'
import { type CheckedRun, runChecked, type TypeCheckStep } from '../../agent/run-checked.ts'
import { UserError } from '../../contracts/errors.ts'
import type { JsonValue } from '../../contracts/json.ts'
import type { SandboxMechanism } from '../../contracts/os-sandbox.ts'
import { SCRIPT_LIMITS_DEFAULT, type ScriptLimits, type ScriptRequest } from '../../contracts/script.ts'
import { createScriptEngine } from '../../script-engine/create-script-engine.ts'
import { startTypeChecker } from '../open-type-checker.ts'
import { openFolderToolbox } from './folder-toolbox.ts'

export interface RunScriptOptions {
  file: string
  workspace: string
  sandbox: 'auto' | SandboxMechanism
  limits: Partial<ScriptLimits>
  typeCheck: 'off' | 'warn' | 'block'
  signal: AbortSignal
}

/** Runs a script of the user in the engine, with the tools over a folder. */
export async function runScriptFile({
  file,
  workspace,
  sandbox,
  limits,
  typeCheck,
  signal,
}: RunScriptOptions): Promise<CheckedRun> {
  const source = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new UserError(
      'file-not-found',
      `${file}: cannot be read (${error.code ?? error.message}); expected a TypeScript file.`,
    )
  })
  const { guestRoot, toolbox } = await openFolderToolbox({ workspace, sandbox })
  const checker = typeCheck === 'off' ? undefined : await startTypeChecker()
  const engine = createScriptEngine({ workers: 1 })
  const all = { ...SCRIPT_LIMITS_DEFAULT, ...limits }
  const request: ScriptRequest = {
    source,
    tools: toolbox.definitions,
    call: (call, hooks) => toolbox.call(call, hooks),
    context: {
      workingDirectory: guestRoot,
      conversationId: 'script',
      limits: { timeoutMs: all.wallTimeMs, ...(all as unknown as Record<string, JsonValue>) },
      env: { LANG: 'C.UTF-8', TZ: 'UTC' },
    },
    limits: all,
    seed: 'script',
    nowMs: Date.now(),
    callIdPrefix: '',
    signal,
  }
  const declarations = engine.declare(toolbox.definitions)
  const step: TypeCheckStep | undefined =
    typeCheck === 'off' || checker === undefined
      ? undefined
      : { policy: typeCheck, check: text => checker.check(text, declarations) }
  try {
    return await runChecked(step, source, () => engine.run(request))
  } finally {
    await engine.close()
    await checker?.close()
  }
}
