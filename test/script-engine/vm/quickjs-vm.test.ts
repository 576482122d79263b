// Covers: script-engine/vm/guest/errors.ts, script-engine/vm/guest/rejections.ts
// Covers: script-engine/vm/guest/tool-arguments.ts, script-engine/vm/guest/tool-errors.ts
// Covers: script-engine/vm/guest/tool-proxy.ts, script-engine/vm/guest/unawaited.ts
// Covers: script-engine/vm/guest/clock.ts, script-engine/vm/guest/console-proxy.ts, script-engine/vm/guest/outcome.ts
// Covers: script-engine/vm/guest/prelude.ts, script-engine/vm/guest/promises.ts, script-engine/vm/guest/random.ts
// Covers: script-engine/vm/guest/timers.ts, script-engine/vm/guest/tool-facade.ts
// Covers: script-engine/vm/guest-bridge.ts, script-engine/vm/quickjs-context.ts, script-engine/vm/quickjs-layout.ts
// Covers: script-engine/vm/quickjs-module.ts, script-engine/vm/wasm-exports.ts
import fc from 'fast-check'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { sha256 } from '../../../src/base/digest.ts'
import { prepareScript } from '../../../src/script-engine/source/prepare-script.ts'
import { compileQuickJs, instantiateQuickJs, type QuickJsModule } from '../../../src/script-engine/vm/quickjs-module.ts'
import { createQuickJsVm } from '../../../src/script-engine/vm/quickjs-vm.ts'
import type { GuestCall, ScriptVm, VmState } from '../../../src/script-engine/vm/script-vm.ts'
import { VM_MEMORY_BYTES_MAX as MEMORY_BYTES_MAX, scriptVmContract } from '../../contract/script-vm.ts'

let compiled: WebAssembly.Module

beforeAll(async () => {
  compiled = await compileQuickJs()
})
scriptVmContract('QuickJS', async () => {
  return createQuickJsVm(await instantiateQuickJs(compiled, MEMORY_BYTES_MAX), MEMORY_BYTES_MAX)
})

describe('the memory of a QuickJS machine', () => {
  let quickJs: QuickJsModule
  let vm: ScriptVm
  let imageHash: string
  beforeEach(async () => {
    quickJs = await instantiateQuickJs(compiled, MEMORY_BYTES_MAX)
    vm = createQuickJsVm(quickJs, MEMORY_BYTES_MAX)
    imageHash = memoryHash()
  })

  const memoryHash = () => sha256(new Uint8Array(quickJs.memory.buffer))

  /** Runs a script whose calls all answer with their arguments. */
  function run(source: string, deadlineMs = 10_000): VmState {
    const preparation = prepareScript(source)
    if (!preparation.ok) throw new Error(preparation.failure.message)
    const calls: GuestCall[] = []
    const endMs = performance.now() + deadlineMs
    const host = {
      onCall: (call: GuestCall) => calls.push(call),
      onTimer: () => {},
      onTimerCleared: () => {},
      onLog: () => {},
      onLogDropped: () => {},
      shouldInterrupt: () => performance.now() > endMs,
    }
    const limits = { toolCallsMax: 1_000, outputBytesMax: 1_000_000, stackBytesMax: 64 * 1024 }
    const given = { contextJson: '{}', toolNames: ['echo'], randomWords: [1, 2, 3, 4], nowMs: 0, ...limits } as const
    let state = vm.start({ code: preparation.script.code, ...given }, host)
    while (state.kind === 'waiting' && calls.length > 0) {
      const batch = calls.splice(0)
      const settled = batch.map(call => [call.id, true, JSON.parse(call.argsJson)])
      const json = JSON.stringify({ calls: settled, timers: [] })
      state = vm.settle({ json, callIds: batch.map(call => call.id), timerIds: [], elapsedMs: 1 })
    }
    return state
  }

  test.each([
    'return 1',
    'const rows = await Promise.all([1, 2, 3].map(n => tools.echo({ n }))); return rows',
    'return "x".repeat(50000).split("x").length',
    'await new Promise(() => {})',
    'throw new Error("x")',
    'void tools.echo({}); return 1',
    'Promise.reject(new Error("lost")); return 1',
    '(globalThis as any).x = Array.from({ length: 20000 }, (_, i) => ({ i })); return 1',
    'console.log(tools, context); new Date(); Math.random(); return new Map([[1, 2]])',
    '(Object.prototype as any).x = 1; delete (globalThis as any).JSON; return /(\\w+)\\1/.exec("abab")',
  ])('%j leaves the memory as it was, byte for byte', source => {
    run(source)
    expect(vm.reset()).toBe(true)
    expect(memoryHash()).toBe(imageHash)
    expect(run('return (await tools.echo({ a: 1 })).a + 1')).toEqual({ kind: 'returned', json: '2', unawaitedAt: [] })
  })

  test('each of 200 ordinary scripts leaves a clean machine', () => {
    const value = fc.json({ maxDepth: 3 })
    fc.assert(
      fc.property(value, fc.nat(50), (json, count) => {
        const state = run(`const v = ${json}; for (let i = 0; i < ${count}; i++) await tools.echo({ v }); return v`)
        expect(state).toMatchObject({ kind: 'returned', json: JSON.stringify(JSON.parse(json)) })
        expect(vm.reset()).toBe(true)
      }),
      { numRuns: 200 },
    )
    expect(memoryHash()).toBe(imageHash)
  })

  test.each([
    ['for (;;) {}', 'interrupted'],
    ['const a: any[] = []; for (;;) a.push(new Array(1000).fill(1))', 'memory'],
    ['const f = (): any => f(); f()', 'stack'],
  ])('%j makes the machine unclean', (source, kind) => {
    expect(run(source, kind === 'interrupted' ? 50 : 10_000)).toMatchObject({ kind: 'failed', failure: { kind } })
    expect(vm.reset()).toBe(false)
  })

  test('a machine whose memory has grown is not clean', () => {
    expect(run('return "x".repeat(20e6).length')).toMatchObject({ kind: 'returned' })
    expect(vm.reset()).toBe(false)
  })
})
