import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createScriptEngine } from '../../../src/script-engine/create-script-engine.ts'
import type { ScriptWorker } from '../../../src/script-engine/host/script-worker.ts'
import { vmScriptOf } from '../../../src/script-engine/host/vm-script-of.ts'
import { createWorkerPool } from '../../../src/script-engine/host/worker-pool.ts'
import { failed, read, requestFor, returned } from '../../contract/script-engine.ts'

const ENGINE = JSON.stringify(join(import.meta.dirname, '../../../src/engine.ts'))

function runProgram(program: string) {
  const source = `import { createScriptEngine, runScript } from ${ENGINE}\n${program}`
  return spawnSync(process.execPath, ['--input-type=module', '-e', source], { encoding: 'utf8', timeout: 15_000 })
}

test('a process that forgets to close its engine ends when no script runs', () => {
  const program = 'const outcome = await runScript(createScriptEngine(), "return 42"); console.log(outcome.value)'
  const { status, stdout } = runProgram(program)
  expect([status, stdout]).toEqual([0, '42\n'])
})

test('a running script keeps the process alive', () => {
  const source = 'await new Promise(r => setTimeout(r, 200)); return 7'
  const program = `runScript(createScriptEngine(), ${JSON.stringify(source)}).then(outcome => console.log(outcome.value))`
  expect(runProgram(program).stdout).toBe('7\n')
})

test('nothing starts before the first script, and close ends everything', () => {
  const program =
    'const engine = createScriptEngine(); engine.extract("", "strict"); await engine.close(); console.log("closed")'
  expect(runProgram(program).stdout).toBe('closed\n')
})

test('scripts beyond the number of workers wait and lose nothing', async () => {
  const engine = createScriptEngine({ workers: 2 })
  const echo = read((args: never) => args)
  const outcomes = await Promise.all(
    Array.from({ length: 12 }, (_, n) => engine.run(requestFor(`return (await tools.echo({ n: ${n} })).n`, { echo }))),
  )
  expect(outcomes.map(returned)).toEqual(Array.from({ length: 12 }, (_, n) => n))
  await engine.close()
})

test('after a killed script the next one runs', async () => {
  const engine = createScriptEngine({ workers: 1 })
  const hang = requestFor('return new Array(1e9).join("x").length', {}, { limits: { cpuTimeMs: 50 } })
  const outcomes = await Promise.all([engine.run(hang), engine.run(hang), engine.run(requestFor('return 1'))])
  expect(outcomes.slice(0, 2).map(outcome => failed(outcome).class)).toEqual(['cpu', 'cpu'])
  expect(returned(outcomes[2] as never)).toBe(1)
  await engine.close()
})

test('a closed engine answers with a failure, also to scripts that were running', async () => {
  const engine = createScriptEngine()
  const never = read(() => new Promise(() => {}))
  const running = engine.run(requestFor('await tools.never({})', { never }))
  await engine.run(requestFor('return 1'))
  await engine.close()
  expect(failed(await running).class).toBe('killed')
  expect(failed(await engine.run(requestFor('return 1'))).class).toBe('killed')
})

test('caps differ from script to script in one worker', async () => {
  const engine = createScriptEngine({ workers: 1 })
  const source = 'return "x".repeat(40e6).length'
  const sizes = [32, 128, 32].map(mib => mib * 1024 * 1024)
  const outcomes = []
  for (const memoryBytesMax of sizes) {
    outcomes.push(await engine.run(requestFor(source, {}, { limits: { memoryBytesMax } })))
  }
  expect(outcomes.map(outcome => (outcome.ok ? 'ok' : outcome.failure.class))).toEqual(['memory', 'ok', 'memory'])
  await engine.close()
})

/** Runs JavaScript in a worker until it has ended. */
function runIn(worker: ScriptWorker, code: string): Promise<void> {
  const request = requestFor('')
  const { memoryBytesMax, cpuTimeMs, wallTimeMs: wallLeftMs } = request.limits
  const script = vmScriptOf({ source: code, code, prefixLength: 0 }, request, [])
  return new Promise((resolve, reject) => {
    const onMessage = ({ kind }: { kind: string }) => (kind === 'ended' ? resolve() : undefined)
    worker.listen({ onMessage, onDeath: message => reject(new Error(message)) })
    worker.send({ kind: 'start', run: 1, script, memoryBytesMax, cpuTimeMs, wallLeftMs })
  })
}

test('after a script that failed the spare takes the next one, after another the same worker', async () => {
  const pool = createWorkerPool(2)
  const acquire = async () => (await pool.acquire()) as ScriptWorker
  const first = await acquire()
  await runIn(first, '(async () => 1)')
  pool.release(first)
  const second = await acquire()
  expect(second).toBe(first)
  await runIn(second, '(async () => { throw new Error() })')
  pool.release(second)
  expect(await acquire()).not.toBe(first)
  await pool.close()
})
