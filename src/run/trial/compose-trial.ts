import type { ModeStrategy } from '../../agent/mode-strategy.ts'
import { preamble } from '../../agent/preamble.ts'
import { protocolText } from '../../agent/protocol-text.ts'
import type { AgentOptions } from '../../agent/run-agent.ts'
import { type ScriptModeOptions, scriptMode } from '../../agent/script-mode.ts'
import { structuredMode } from '../../agent/structured-mode.ts'
import { defined } from '../../base/defined.ts'
import { type Arm, MODE_TRAITS } from '../../contracts/arm.ts'
import type { Clock } from '../../contracts/clock.ts'
import type { FactorHooks, FactorModule } from '../../contracts/factor-module.ts'
import type { ModelEntry, ModelProvider } from '../../contracts/model.ts'
import {
  SCRIPT_LIMITS_DEFAULT,
  type ScriptContext,
  type ScriptEngine,
  type TypeChecker,
} from '../../contracts/script.ts'
import type { Suite, TrialLimits } from '../../contracts/suite.ts'
import type { Task } from '../../contracts/task.ts'
import type { TokenCounter } from '../../contracts/tokens.ts'
import type { Toolbox, ToolCallRecord } from '../../contracts/tool.ts'
import type { Trial } from '../../contracts/trial.ts'
import type { WorkspaceView } from '../../contracts/workspace.ts'
import type { TrialLog } from '../../log/trial-log.ts'
import { createModelProvider } from '../../model/create-model-provider.ts'
import { createOsSandbox } from '../../os-sandbox/create-os-sandbox.ts'
import { createTools } from '../../tools/create-tools.ts'
import { createToolbox } from '../../tools/toolbox/toolbox.ts'
import { createWorkspaceView } from '../../workspace/workspace-view.ts'
import type { ChosenSandbox } from '../choose-sandbox.ts'
import { type AskPerson, createApprovalGate } from '../single/approval-gate.ts'
import { capCalls } from './cap-calls.ts'
import { hooksOf } from './factor-hooks.ts'
import { createBuiltInPlayer } from './players.ts'
import { spill } from './spill.ts'
import { trialNonce } from './trial-nonce.ts'

/** What all trials of a run share. */
export interface RunContext {
  /** Random, new at each start of a run, so that no two starts share a nonce: not even those of a copied run folder. */
  run: string
  suite: Suite
  factorModules: readonly FactorModule[]
  engine: ScriptEngine
  /** Present when an arm checks types. */
  typeChecker?: TypeChecker
  sandbox: ChosenSandbox
  clock: Clock
  countTokens: TokenCounter
  /** The variables that providers can read; no tool ever sees them. */
  environment: Readonly<Record<string, string | undefined>>
  askPerson?: AskPerson
  /** Called with what commands print while they run. */
  onToolOutput?(trial: Trial, text: string): void
}

export interface ComposedTrial {
  agent: Omit<AgentOptions, 'onStepEnd' | 'signal'>
  model: ModelProvider
  limits: TrialLimits
  nonce: string
  toolDefinitionTokens: number
}

export interface ComposeOptions {
  context: RunContext
  trial: Trial
  /** 1 for the first attempt at this trial. */
  attempt: number
  task: Task
  workspaceDir: string
  log: Pick<TrialLog, 'record' | 'content'>
}

/** Builds one trial from its parts: the only place that knows them all. */
export function composeTrial({ context, trial, attempt, task, workspaceDir, log }: ComposeOptions): ComposedTrial {
  const { clock, countTokens, suite } = context
  const hooks = hooksOf(context.factorModules, trial)
  const limits = hooks.reduce((current, hook) => hook.limits?.(current) ?? current, suite.limits)
  const guestRoot = guestRootOf(context.sandbox, workspaceDir)
  const workspace = createWorkspaceView({ hostRoot: workspaceDir, guestRoot })
  const ran = { toolCalls: 0, approvalMs: 0 }
  const record = (call: ToolCallRecord) => {
    ran.toolCalls++
    ran.approvalMs += call.approvalMs
    log.record({ type: 'tool_call', call })
  }
  const uncapped = composeToolbox({ context, trial, hooks, workspace, record })
  const toolbox = capCalls(uncapped, { callsMax: limits.toolCallsMax, clock, record })
  const scriptContext: ScriptContext = {
    workingDirectory: guestRoot,
    conversationId: trial.id,
    limits: { timeoutMs: SCRIPT_LIMITS_DEFAULT.wallTimeMs, ...limitsForScripts() },
    env: { LANG: 'C.UTF-8', TZ: 'UTC' },
  }
  const mode = composeMode({ context, trial, toolbox, log, scriptContext })
  const model = createPlayer({ context, entry: trial.model, seed: trial.seed, task, toolbox, scriptContext })
  const { protocol, tools } = mode.describe()
  const nonce = trialNonce({ run: context.run, trial: trial.id, attempt })
  const ownPreamble =
    suite.preamble ?? preamble({ workingDirectory: guestRoot, isConfined: context.sandbox.mechanism === 'bubblewrap' })
  const start = hooks.reduce((text, hook) => hook.preamble?.(text) ?? text, ownPreamble)
  return {
    model,
    limits,
    nonce,
    toolDefinitionTokens: countTokens(JSON.stringify(tools) + protocol),
    agent: {
      prompts: task.steps.map(step => ({ name: step.name, text: step.instruction })),
      model,
      ...defined({ prices: trial.model.prices }),
      systemStart: `[${nonce}]\n${start}`,
      mode,
      reinjection: { reinjection: trial.arm.reinjection, carrier: trial.arm.reinjectionCarrier },
      hooks,
      limits,
      clock,
      countTokens,
      cacheKey: nonce,
      toolCallsSoFar: () => ran.toolCalls,
      approvalWaitSoFarMs: () => ran.approvalMs,
      record: log.record,
      content: log.content,
      spill: (name, text) => spill(workspace, name, text),
    },
  }
}

/** `/workspace` inside a sandbox; the real folder where there is none, so that commands and tools agree. */
export function guestRootOf({ mechanism }: ChosenSandbox, workspaceDir: string): string {
  return mechanism === 'bubblewrap' ? '/workspace' : workspaceDir
}

interface ToolboxParts {
  context: RunContext
  trial: Trial
  hooks: readonly FactorHooks[]
  workspace: WorkspaceView
  record(call: ToolCallRecord): void
}

function composeToolbox({ context, trial, hooks, workspace, record }: ToolboxParts): Toolbox {
  const { clock, sandbox, suite } = context
  const all = createTools()
  const names = offeredTools(suite.tools ?? all.map(tool => tool.name), trial)
  const offered = hooks.reduce<readonly string[]>((current, hook) => hook.tools?.(current) ?? current, names)
  return createToolbox({
    tools: all.filter(tool => offered.includes(tool.name)),
    workspace,
    sandbox: createOsSandbox({
      mechanism: sandbox.mechanism,
      policy: sandbox.policy,
      workspace,
      view: { kind: 'task' },
      spawnOverheadMs: sandbox.spawnOverheadMs,
    }),
    clock,
    approvals: createApprovalGate(suite.approval, context.askPerson),
    record,
    progress: (_callId, progress) => {
      if (progress.type === 'output') context.onToolOutput?.(trial, Buffer.from(progress.chunk).toString())
    },
  })
}

function offeredTools(names: readonly string[], { arm }: Trial): string[] {
  return names.filter(
    name => !(arm.tools === 'no-shell' && name === 'exec') && !(arm.patchCarrier === 'shell' && name === 'applyPatch'),
  )
}

interface ModeParts {
  context: RunContext
  trial: Trial
  toolbox: Toolbox
  log: Pick<TrialLog, 'record' | 'content'>
  scriptContext: ScriptContext
}

function composeMode({ context, trial, toolbox, log, scriptContext }: ModeParts): ModeStrategy {
  const { arm } = trial
  const { mode, leniency, patchCarrier } = arm
  const { action, callsPerTurn, carrier } = MODE_TRAITS[mode]
  const isScript = action === 'script'
  const declarations = isScript ? context.engine.declare(toolbox.definitions) : ''
  const protocol = protocolText({ mode, wording: arm.protocolText, patchCarrier, declarations })
  if (!isScript) return structuredMode({ toolbox, protocol, leniency, isSerial: callsPerTurn === 'one' })
  return scriptMode({
    carrier,
    toolbox,
    engine: context.engine,
    protocol,
    leniency,
    ...typeCheckOf(context, arm.typeCheck, declarations),
    context: scriptContext,
    limits: SCRIPT_LIMITS_DEFAULT,
    seed: trial.seed,
    record: log.record,
    content: log.content,
  })
}

function typeCheckOf(
  { typeChecker }: RunContext,
  policy: Arm['typeCheck'],
  declarations: string,
): Pick<ScriptModeOptions, 'typeCheck'> {
  if (policy === 'off') return {}
  if (typeChecker === undefined) throw new Error('an arm checks types, and the run has no type checker')
  return { typeCheck: { policy, check: source => typeChecker.check(source, declarations) } }
}

function limitsForScripts() {
  const { toolCallsMax, concurrentCallsMax, memoryBytesMax } = SCRIPT_LIMITS_DEFAULT
  return { toolCallsMax, concurrentCallsMax, memoryBytesMax }
}

export interface PlayerParts {
  context: Pick<RunContext, 'clock' | 'countTokens' | 'engine' | 'environment'>
  entry: ModelEntry
  seed: string
  task: Task
  toolbox: Toolbox
  scriptContext: ScriptContext
}

export function createPlayer({ context, entry, seed, task, toolbox, scriptContext }: PlayerParts): ModelProvider {
  const { clock, countTokens, engine, environment } = context
  const oracle = {
    engine,
    steps: task.steps.map(step => step.solution),
    tools: toolbox.definitions,
    context: scriptContext,
    limits: SCRIPT_LIMITS_DEFAULT,
    countTokens,
    seed,
  }
  return createModelProvider({
    entry,
    clock,
    environment,
    countTokens,
    builtIns: spec => createBuiltInPlayer(spec, oracle),
  })
}
