/**
 * `scriptbench/engine`: runs model-written TypeScript with your tools, each script in a machine of its own.
 * See docs/engine.md.
 */
export type {
  Extraction,
  Leniency,
  ScriptCall,
  ScriptCallHooks,
  ScriptContext,
  ScriptEngine,
  ScriptFailure,
  ScriptFailureClass,
  ScriptLimits,
  ScriptLog,
  ScriptOutcome,
  ScriptRecording,
  ScriptReplay,
  ScriptRequest,
  ScriptTimings,
  TypeCheck,
  TypeChecker,
  TypeProblem,
} from './contracts/script.ts'
export { SCRIPT_FAILURE_CLASSES, SCRIPT_LIMITS_DEFAULT } from './contracts/script.ts'
export type { ToolDefinition, ToolEffect, ToolErrorCode, ToolOutcome } from './contracts/tool.ts'
export { createScriptEngine, type ScriptEngineOptions } from './script-engine/create-script-engine.ts'
export { createToolRegistry, type ToolRegistry } from './script-engine/declarations/tool-registry.ts'
export { defineTool, type ScriptTool, type ToolOptions } from './script-engine/define-tool.ts'
export { declareScriptTools, type RunScriptOptions, runScript } from './script-engine/run-script.ts'
export { createTypeChecker, type TypeCheckerOptions } from './type-check/create-type-checker.ts'
