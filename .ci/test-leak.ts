import { spawn } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { createScriptEngine, SCRIPT_LIMITS_DEFAULT, type ScriptRequest } from '../src/engine.ts'

/**
 * How much memory 10 000 scripts leave behind, per script: the slope of a fresh process's resident memory (Theil-Sen:
 * the median of the slopes between all pairs of windows) after scripts to warm up, in which the heaps of the threads
 * take their sizes. A window's value is the least of its samples, each taken after a collection.
 */
const SCRIPTS = 10_000
const SCRIPTS_WARM_UP = 20_000
const WINDOWS = 10
const SAMPLES = 4
const GROWTH_KB_MAX = 0.5

const KINDS: Record<string, (index: number) => string> = {
  trivial: index => `return ${index % 100}`,
  'tool-calls': index => `const rows = await Promise.all([1, 2, 3].map(n => tools.echo({ n, text: 'x'.repeat(200) })))
    return rows.length + ${index % 100}`,
  logs: index => `for (let i = 0; i < 5; i++) console.log('line', i, { index: ${index % 100}, list: [1, 2, 3] })`,
  'all-different': index => `const name_${index} = { key_${index}: 'text ${index}' }; return name_${index}`,
  failing: index => `await tools.fail({}).catch(() => {}); throw new Error('number ${index % 100}')`,
}

function requestOf(source: string): ScriptRequest {
  const tool = { description: '', inputSchema: { type: 'object' }, resultSchema: {}, effect: 'read' } as const
  return {
    ...{ source, seed: 's', nowMs: 0, callIdPrefix: 'c', limits: SCRIPT_LIMITS_DEFAULT },
    tools: [
      { ...tool, name: 'echo' },
      { ...tool, name: 'fail' },
    ],
    call: async call =>
      call.tool === 'echo'
        ? { ok: true, result: call.args, text: '' }
        : { ok: false, error: { code: 'failed', message: 'no such file' } },
    context: { workingDirectory: '/', conversationId: 'c', limits: {}, env: {} },
  }
}

async function residentKb(): Promise<number> {
  let least = Number.POSITIVE_INFINITY
  for (let sample = 0; sample < SAMPLES; sample++) {
    globalThis.gc?.()
    await sleep(50)
    least = Math.min(least, process.memoryUsage.rss() / 1024)
  }
  return least
}

/** KB per script. */
function slopeOf(windows: readonly number[], scriptsPerWindow: number): number {
  const slopes = windows.flatMap((from, left) =>
    windows.slice(left + 1).map((to, between) => (to - from) / ((between + 1) * scriptsPerWindow)),
  )
  return slopes.sort((a, b) => a - b)[Math.floor(slopes.length / 2)] as number
}

async function measure(kind: string): Promise<boolean> {
  const sourceOf = KINDS[kind]
  if (sourceOf === undefined || globalThis.gc === undefined)
    throw new Error(`run with --expose-gc and one of ${Object.keys(KINDS)}`)
  const engine = createScriptEngine({ workers: 1 })
  const perWindow = SCRIPTS / WINDOWS
  const windows: number[] = []
  let done = 0
  while (done < SCRIPTS_WARM_UP) await engine.run(requestOf(sourceOf(done++)))
  for (let window = 0; window <= WINDOWS; window++) {
    for (let count = 0; window > 0 && count < perWindow; count++) await engine.run(requestOf(sourceOf(done++)))
    windows.push(await residentKb())
  }
  await engine.close()
  const slope = slopeOf(windows, perWindow)
  const mib = windows.map(kb => (kb / 1024).toFixed(1)).join(' ')
  const isTight = slope <= GROWTH_KB_MAX
  console.log(
    `${isTight ? 'ok  ' : 'LEAK'} ${kind}: ${slope.toFixed(3)} KB per script\n     MiB, ${perWindow} scripts apart: ${mib}`,
  )
  return isTight
}

/** Each in a process of its own, two at a time. */
async function measureAll(): Promise<boolean> {
  const kinds = Object.keys(KINDS)
  const codes: unknown[] = []
  const worker = async () => {
    for (let kind = kinds.shift(); kind !== undefined; kind = kinds.shift()) {
      const args = ['--expose-gc', '--disable-warning=ExperimentalWarning', import.meta.filename, kind]
      const child = spawn(process.execPath, args, { stdio: 'inherit' })
      codes.push(await new Promise(resolve => child.on('exit', resolve)))
    }
  }
  await Promise.all([worker(), worker()])
  console.log(`at most ${GROWTH_KB_MAX} KB per script over ${SCRIPTS} scripts, after ${SCRIPTS_WARM_UP} to warm up`)
  return codes.every(code => code === 0)
}

const [kind] = process.argv.slice(2)
process.exitCode = (await (kind === undefined ? measureAll() : measure(kind))) ? 0 : 1
