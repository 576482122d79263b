import { MODE_TRAITS, type Mode, type ModeTraits } from '../../src/contracts/arm.ts'
import type { JsonValue } from '../../src/contracts/json.ts'
import type { Message } from '../../src/contracts/model.ts'
import type { ScriptFailure } from '../../src/contracts/script.ts'
import type { TurnFacts } from './draw-trial.ts'
import { callOf, LANES } from './synthetic-calls.ts'

export function promptMessage(task: string, step: number): JsonValue {
  return message({
    role: 'user',
    parts: [{ text: `Synthetic task ${task}, part ${step + 1}. No model ever read this prompt.`, origin: 'task' }],
  })
}

/** What the player "wrote" in a turn: only text, native calls, or a program. */
export function replyMessage(mode: Mode, turn: number, facts: TurnFacts): JsonValue {
  if (facts.kind === 'closing') return message({ role: 'assistant', text: 'Done.', toolCalls: [] })
  const toolCalls =
    facts.kind === 'protocol-error'
      ? [{ callId: `call_${turn}_1`, name: 'readFile', argumentsText: '{"filePath": ' }]
      : nativeCalls(mode, turn, facts)
  const text = isScriptIn(mode, 'text') ? `<tool-calls>\n${scriptSource(facts)}\n</tool-calls>` : ''
  return message({ role: 'assistant', text, toolCalls: isScriptIn(mode, 'text') ? [] : toolCalls })
}

function isScriptIn(mode: Mode, carrier: ModeTraits['carrier']): boolean {
  return MODE_TRAITS[mode].action === 'script' && MODE_TRAITS[mode].carrier === carrier
}

function nativeCalls(mode: Mode, turn: number, facts: TurnFacts) {
  if (isScriptIn(mode, 'native')) {
    const argumentsText = JSON.stringify({ code: scriptSource(facts) })
    return [{ callId: `call_${turn}_1`, name: 'run_script', argumentsText }]
  }
  return Array.from({ length: facts.calls }, (_, number) => {
    const { tool, args } = callOf(number)
    return { callId: `call_${turn}_${number + 1}`, name: tool, argumentsText: JSON.stringify(args) }
  })
}

/** What came back, with the prompt in front where it is reinjected. */
interface ObservationInput {
  mode: Mode
  turn: number
  facts: TurnFacts
  isReinjected: boolean
}

export function observationMessage({ mode, turn, facts, isReinjected }: ObservationInput): JsonValue {
  const reinjected = isReinjected
    ? [
        {
          text: '<original-user-prompt>\n(synthetic)\n</original-user-prompt>\n',
          origin: 'reinjection' as const,
          moves: true,
        },
      ]
    : []
  const parts = (text: string) => [...reinjected, { text, origin: 'observation' as const }]
  if (isScriptIn(mode, 'text')) return message({ role: 'user', parts: parts(scriptObservation(facts)) })
  const isError = facts.kind === 'protocol-error' || facts.failure !== undefined
  const result = (name: string, number: number, text: string) => ({
    callId: `call_${turn}_${number + 1}`,
    ...{ name, parts: number === 0 ? parts(text) : [{ text, origin: 'observation' as const }], isError },
  })
  if (facts.kind === 'protocol-error') {
    return message({ role: 'tool', results: [result('readFile', 0, 'error: the arguments are not JSON')] })
  }
  if (isScriptIn(mode, 'native'))
    return message({ role: 'tool', results: [result('run_script', 0, scriptObservation(facts))] })
  const results = Array.from({ length: facts.calls }, (_, number) =>
    result(callOf(number).tool, number, '(synthetic result)'),
  )
  return message({ role: 'tool', results })
}

function scriptObservation({ failure }: TurnFacts): string {
  const said = failure === undefined ? 'returned:\n"(synthetic result)"' : `error (${failure}): synthetic failure`
  return `<tool-results>\n${said}\n</tool-results>`
}

/** A program that makes these calls. It was never run. */
export function scriptSource({ calls, failure }: TurnFacts): string {
  const made = Array.from({ length: calls }, (_, number) => {
    const { tool, args } = callOf(number)
    return `  tools.${tool}(${JSON.stringify(args)}),`
  })
  const end = failure === 'thrown' ? 'return results.at(99).text' : 'return results.length'
  return ['// Synthetic: never run.', 'const results = await Promise.all([', ...made, '])', end].join('\n')
}

export function scriptFailureOf(facts: TurnFacts): ScriptFailure | undefined {
  if (facts.failure === undefined) return undefined
  if (facts.failure === 'tool-error') {
    return { class: 'tool-error', message: 'synthetic: no such file', line: facts.calls + 2, column: 3 }
  }
  const line = facts.calls + 4
  const frame = `${line - 1} | ])\n${line} | return results.at(99).text\n  |                       ^`
  return { class: 'thrown', message: "Cannot read properties of undefined (reading 'text')", line, column: 23, frame }
}

/** How many of a turn's calls run at the same time. */
export function lanesOf(mode: Mode): number {
  return MODE_TRAITS[mode].callsPerTurn === 'one' ? 1 : LANES
}

function message(value: Message): JsonValue {
  return value as unknown as JsonValue
}
