import type { Mode } from '../../src/contracts/arm.ts'
import type { JsonObject } from '../../src/contracts/json.ts'
import type { AssistantMessage } from '../../src/contracts/model.ts'

export interface BenchCall {
  tool: string
  args: JsonObject
}

/** What is done in each turn of one row of the benchmark, and in which mode. */
export interface BenchCase {
  name: string
  mode: Mode
  calls: BenchCall[]
}

const READS: BenchCall[] = [
  { tool: 'readFile', args: { filePath: 'notes.txt' } },
  { tool: 'listDir', args: { dirPath: '.' } },
]
const EXEC: BenchCall[] = [{ tool: 'exec', args: { command: ['true'] } }]

export const BENCH_CASES: readonly BenchCase[] = [
  { name: 'structured, two reads', mode: 'structured-parallel', calls: READS },
  { name: 'script, two reads', mode: 'script-tool', calls: READS },
  { name: 'structured, one exec', mode: 'structured-parallel', calls: EXEC },
  { name: 'script, one exec', mode: 'script-tool', calls: EXEC },
]

/** The reply of a model that plays a case, in the form its mode asks for. */
export function replyOf({ mode, calls }: BenchCase, turn: number): AssistantMessage {
  if (mode === 'script-tool') {
    return {
      role: 'assistant',
      text: '',
      toolCalls: [nativeCall(`c${turn}`, 'run_script', { code: programOf(calls) })],
    }
  }
  return {
    role: 'assistant',
    text: '',
    toolCalls: calls.map(({ tool, args }, index) => nativeCall(`c${turn}-${index}`, tool, args)),
  }
}

function nativeCall(callId: string, name: string, args: JsonObject) {
  return { callId, name, argumentsText: JSON.stringify(args) }
}

function programOf(calls: readonly BenchCall[]): string {
  return `return await Promise.all([${calls.map(({ tool, args }) => `tools.${tool}(${JSON.stringify(args)})`).join(', ')}])`
}
