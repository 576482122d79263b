/** The public entry `scriptbench`: what factor modules, tools and providers of your own are written with. */

export { type Random, seededRandom } from './base/random.ts'
export { type Arm, BUILT_IN_FACTORS, MODES, type Mode, REINJECTIONS, type Reinjection } from './contracts/arm.ts'
export type { Clock } from './contracts/clock.ts'
export { UserError, type UserErrorCode } from './contracts/errors.ts'
export type { FactorHooks, FactorModule } from './contracts/factor-module.ts'
export type { JsonObject, JsonSchema, JsonValue } from './contracts/json.ts'
export type {
  AskOptions,
  AssistantMessage,
  Message,
  ModelAttempt,
  ModelFailure,
  ModelFailureClass,
  ModelProvider,
  ModelReply,
  ModelRequest,
  ModelToolCall,
  PlayerKind,
  TextOrigin,
  TextPart,
  ToolMessage,
  ToolResultPart,
  Usage,
  UserMessage,
  WireTool,
} from './contracts/model.ts'
export type { OsSandbox, ProcessEnd, ProcessResult, ProcessSpec } from './contracts/os-sandbox.ts'
export type { Result } from './contracts/result.ts'
export type { LimitName, TrialLimits } from './contracts/suite.ts'
export type { Stratum } from './contracts/task.ts'
export type {
  ApprovalGate,
  ApprovalNeed,
  ApprovalReason,
  ApprovalRequest,
  FileChange,
  OutputTrace,
  Tool,
  Toolbox,
  ToolCall,
  ToolCallRecord,
  ToolContext,
  ToolDefinition,
  ToolEffect,
  ToolErrorCode,
  ToolFailure,
  ToolOutcome,
  ToolProgress,
  UnconfinedRetry,
} from './contracts/tool.ts'
export type { AgentEnd, FailureCause, Outcome, Trial } from './contracts/trial.ts'
export type { PinnedPath, WorkspaceDiff, WorkspaceView } from './contracts/workspace.ts'
export { createOsSandbox, type OsSandboxOptions } from './os-sandbox/create-os-sandbox.ts'
export { createTools } from './tools/create-tools.ts'
export { type AnyTool, createToolbox, type ToolboxLimits, type ToolboxOptions } from './tools/toolbox/toolbox.ts'
export { createWorkspaceView, type WorkspaceViewOptions } from './workspace/workspace-view.ts'
