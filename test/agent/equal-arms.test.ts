// Covers: run/trial/compose-trial.ts

// Covers: agent/preamble.ts

import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { BENCH_CASES, type BenchCase } from '../../bench/harness/bench-case.ts'
import { createBenchContext } from '../../bench/harness/bench-context.ts'
import { type BenchFolder, createBenchFolder } from '../../bench/harness/bench-folder.ts'
import type { Action } from '../../src/agent/mode-strategy.ts'
import { BUILT_IN_FACTORS, MODES, type Mode } from '../../src/contracts/arm.ts'
import type { JsonObject, JsonValue } from '../../src/contracts/json.ts'
import { createTrialLog } from '../../src/log/trial-log.ts'
import { planRun, type RunPlan } from '../../src/run/suite/plan-run.ts'
import { type ComposedTrial, composeTrial, type RunContext } from '../../src/run/trial/compose-trial.ts'

const TOGETHER = 'Start calls that do not depend on each other together.'
const NONCE = /^\[(\d{18})\]\n/
const SCRIPT_MODES = ['script-tool', 'script-text'] as const

let folder: BenchFolder
let context: RunContext
let plan: RunPlan

beforeAll(async () => {
  folder = await createBenchFolder(BENCH_CASES[0] as BenchCase, 1)
  context = await createBenchContext(folder, 10)
  plan = await planRun({ suiteFile: folder.suiteFile, overrides: {}, environment: {} })
})

afterAll(async () => {
  await context.engine.close()
  await folder[Symbol.asyncDispose]()
})

/** A trial of an arm as a run would compose it. */
function composed(mode: Mode, levels: Partial<RunPlan['trials'][0]['arm']> = {}): ComposedTrial {
  const [planned] = plan.trials
  const [task] = plan.tasks.values()
  if (planned === undefined || task === undefined) throw new Error('the plan is empty')
  return composeTrial({
    context,
    task,
    trial: { ...planned, id: JSON.stringify([mode, levels]), arm: { ...planned.arm, mode, ...levels } },
    attempt: 1,
    workspaceDir: task.workspaceDir,
    log: createTrialLog({ file: join(folder.dir, 'events.jsonl'), clock: context.clock }),
  })
}

/** What an action shows the model. */
async function shownFor(mode: Mode, action: Action): Promise<string> {
  const [result] = await composed(mode).agent.mode.perform([action], 1, new AbortController().signal)
  return result?.text ?? ''
}

function call(tool: string, args: JsonValue): Action {
  return { kind: 'call', callId: 'c', tool, args }
}

function script(source: string): Action {
  return { kind: 'script', callId: 'c', source }
}

describe('what comes before the mode’s own text', () => {
  test('the system text begins with the same bytes in every arm, but for a nonce of constant length', () => {
    const starts = MODES.flatMap(mode =>
      BUILT_IN_FACTORS.reinjection.map(reinjection => composed(mode, { reinjection }).agent.systemStart),
    )
    const nonces = starts.map(start => NONCE.exec(start)?.[1] ?? '')
    expect(new Set(nonces).size).toBe(starts.length)
    expect(new Set(nonces.map(nonce => nonce.length)).size).toBe(1)
    expect(new Set(starts.map(start => start.replace(NONCE, ''))).size).toBe(1)
  })

  test('prompts and limits are the same in every mode', () => {
    const [first, ...others] = MODES.map(mode => composed(mode))
    for (const other of others) {
      expect(other.agent.prompts).toEqual(first?.agent.prompts)
      expect(other.limits).toEqual(first?.limits)
      expect(other.agent.limits).toEqual(first?.agent.limits)
    }
  })
})

describe('the sentence that asks for calls together', () => {
  test.each(MODES)('%s: there in both wordings exactly if calls can be together', mode => {
    for (const protocolText of BUILT_IN_FACTORS.protocolText) {
      const { protocol } = composed(mode, { protocolText }).agent.mode.describe()
      expect(protocol.split(TOGETHER)).toHaveLength(mode === 'structured-serial' ? 1 : 2)
    }
  })

  test('the serial mode forbids several calls, the parallel one does not', () => {
    expect(composed('structured-serial').agent.mode.describe().parallelToolCalls).toBe(false)
    expect(composed('structured-parallel').agent.mode.describe().parallelToolCalls).toBe(true)
  })
})

describe('the tools', () => {
  const wireTools = () => composed('structured-parallel').agent.mode.describe().tools

  test('both structured modes send the same tools', () => {
    expect(JSON.stringify(composed('structured-serial').agent.mode.describe().tools)).toBe(JSON.stringify(wireTools()))
  })

  test('both script modes declare the same tools', () => {
    const [one, other] = SCRIPT_MODES.map(mode => declarationsOf(composed(mode).agent.mode.describe().protocol))
    expect(one).toBe(other)
    expect(one).not.toBe('')
  })

  test.each(SCRIPT_MODES)('%s: declares every tool with the words of the structured modes', mode => {
    const declarations = withoutCommentMarks(declarationsOf(composed(mode).agent.mode.describe().protocol))
    for (const { name, description, inputSchema } of wireTools()) {
      expect(declarations).toContain(`${name}(args`)
      for (const said of [description, ...descriptionsIn(inputSchema)]) expect(declarations).toContain(flat(said))
    }
  })

  test.each(SCRIPT_MODES)('%s: declares every argument that the structured modes offer, and no other tool', mode => {
    const declarations = declarationsOf(composed(mode).agent.mode.describe().protocol)
    const tools = wireTools()
    for (const { inputSchema } of tools) {
      for (const name of Object.keys(inputSchema.properties as JsonObject)) {
        expect(declarations).toMatch(new RegExp(`^\\s+${name}\\??: `, 'm'))
      }
    }
    expect([...declarations.matchAll(/^ {2}(\w+)\(args/gm)].map(([, name]) => name)).toEqual(
      tools.map(({ name }) => name),
    )
  })
})

describe('failed calls', () => {
  const FAILING: [string, JsonObject][] = [
    ['readFile', { filePath: 'missing.txt' }],
    ['readFile', { filePath: 'notes.txt', offset: 100_000 }],
    ['readFile', { filepath: 'notes.txt' }],
    ['listDir', { dirPath: '../..' }],
    ['applyPatch', { patch: 'no patch' }],
    ['grepFiles', { pattern: '(' }],
  ]

  test.each(FAILING)('%s %j: the same sentence in every mode', async (tool, args) => {
    const structured = await shownFor('structured-parallel', call(tool, args))
    const [, code, message = ''] = /^error \(([\w-]+)\): ([\s\S]+)$/.exec(structured) ?? []
    expect(message).not.toBe('')
    expect(await shownFor('structured-serial', call(tool, args))).toBe(structured)
    const caught = `try { await tools.${tool}(${JSON.stringify(args)} as any) } catch (error) { return [error.code, error.message] }`
    for (const mode of SCRIPT_MODES) {
      const shown = await shownFor(mode, script(caught))
      const returned = JSON.parse(/returned:\n([\s\S]*)\n<\/tool-results>/.exec(shown)?.[1] ?? 'null') as unknown
      expect(returned).toEqual([code, message])
    }
  })
})

function declarationsOf(protocol: string): string {
  return /```ts\n([\s\S]*?)\n```/.exec(protocol)?.[1] ?? ''
}

function withoutCommentMarks(text: string): string {
  return flat(text.replace(/^\s*(\/\*\*|\*\/|\*(?= |$))/gm, ''))
}

/** Line breaks and indentation differ inside comments; words must be equal. */
function flat(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

function descriptionsIn(schema: JsonValue): string[] {
  if (schema === null || typeof schema !== 'object') return []
  if (Array.isArray(schema)) return schema.flatMap(descriptionsIn)
  const own = typeof schema.description === 'string' ? [schema.description] : []
  return [...own, ...Object.values(schema).flatMap(descriptionsIn)]
}
