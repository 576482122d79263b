import { pathToFileURL } from 'node:url'
import type { ExecOutput } from '../../tools/exec/exec-schema.ts'
import type { ModelTextRules } from '../../tools/exec/model-text.ts'
import type { AnyTool } from '../../tools/toolbox/toolbox.ts'
import type { PortProfile } from '../port/port-protocol.ts'

/** What a module's function `analyseShellCommand` answers. */
export type CommandAnalysis =
  | { kind: 'plain' }
  | { kind: 'patch'; patch: string; cwd?: string }
  | { kind: 'refused'; message: string }

export interface ProgramRequest {
  args: readonly Uint8Array[]
  stdin: Uint8Array
  cwd: string
  profile: PortProfile
}

/** What a port module offers; its own exports, apart from the tools, under the same names. */
export interface PortModule {
  /** Exported one by one, or made by `createTools(profile)`. */
  tools(profile: PortProfile): readonly AnyTool[]
  runStandaloneProgram?(request: ProgramRequest): Promise<{ exitCode: number; stdout: string; stderr: string }>
  analyseShellCommand?(command: readonly string[], profile: PortProfile): Promise<CommandAnalysis>
  /** The output rules: what a model is shown of a text. */
  truncateOutput?(text: string, profile: PortProfile): string
  /** The same for the result of a command, and what displays show of it. */
  modelText?(output: ExecOutput, rules: ModelTextRules): string
  formattedOutput?(output: ExecOutput): string
}

/** Throws when the module cannot be loaded or offers nothing. */
export async function loadPortModule(file: string): Promise<PortModule> {
  const exported: Record<string, unknown> = await import(pathToFileURL(file).href)
  const { createTools, runStandaloneProgram, analyseShellCommand, truncateOutput, modelText, formattedOutput } =
    exported
  const single = Object.values(exported).filter(isTool)
  const port = {
    tools: isFunction(createTools) ? (profile: PortProfile) => createTools(profile) as AnyTool[] : () => single,
    ...(isFunction(runStandaloneProgram) && { runStandaloneProgram }),
    ...(isFunction(analyseShellCommand) && { analyseShellCommand }),
    ...(isFunction(truncateOutput) && { truncateOutput }),
    ...(isFunction(modelText) && { modelText }),
    ...(isFunction(formattedOutput) && { formattedOutput }),
  } as PortModule
  if (single.length > 0 || isFunction(createTools) || port.runStandaloneProgram || port.analyseShellCommand) return port
  throw new Error(
    'expected exported tools (objects with name, input, run and render) or a function createTools(profile); ' +
      `it exports ${Object.keys(exported).join(', ') || 'nothing'}`,
  )
}

function isFunction(value: unknown): value is (...args: unknown[]) => unknown {
  return typeof value === 'function'
}

function isTool(value: unknown): value is AnyTool {
  if (typeof value !== 'object' || value === null) return false
  const { name, input, run, render } = value as Partial<Record<string, unknown>>
  return typeof name === 'string' && typeof input === 'object' && isFunction(run) && isFunction(render)
}
