import { errorText } from '../../src/base/error-text.ts'
import type { Contender, ContenderName } from './contender.ts'
import type { FreshSample } from './engine-row.ts'
import type { FreshAnswer } from './fresh-process.ts'

const [contenderName, sampleName] = process.argv.slice(2) as [ContenderName, FreshSample]
const MEBIBYTE = 1024 * 1024
const KIBIBYTE = 1024
const MANY = 10
const FEW = 2
const SETTLE_MS = 150
const LOOKS = 4
const LEAK_WARM_UP = { scripts: 20_000, msMax: 15_000 }
const LEAK = { scripts: 10_000, msMax: 8_000 }

const { CONTENDERS } = await import('./contenders/all-contenders.ts')
const SAMPLES: Record<FreshSample, (contender: Contender) => Promise<number>> = {
  cold,
  'memory-waiting': contender => memory(contender, 'waiting'),
  'memory-idle': contender => memory(contender, 'idle'),
  leak,
}

answer(await SAMPLES[sampleName](CONTENDERS[contenderName]).then(succeeded, failed))

function succeeded(value: number): FreshAnswer {
  return { ok: true, value }
}

function failed(error: unknown): FreshAnswer {
  return { ok: false, message: errorText(error) }
}

/** Ends immediately, whatever a contender keeps alive. */
function answer(message: FreshAnswer): void {
  process.send?.(message, () => process.exit())
}

async function cold(contender: Contender): Promise<number> {
  const startedMs = performance.now()
  const session = await contender.open()
  await session.run({ source: 'const answer = 6 * 7\nreturn answer' })
  return performance.now() - startedMs
}

async function memory(contender: Contender, when: 'waiting' | 'idle'): Promise<number> {
  const session = await contender.open()
  const few = await waitTogether(FEW)
  const many = await waitTogether(MANY)
  return (many[when] - few[when]) / (MANY - FEW) / MEBIBYTE

  /** This many parallel scripts that all wait for the same moment: the resident memory then, and when they have ended. */
  async function waitTogether(count: number): Promise<{ waiting: number; idle: number }> {
    const everybody = Promise.withResolvers<void>()
    const over = Promise.withResolvers<null>()
    let waiting = 0
    const call = () => {
      waiting += 1
      if (waiting === count) everybody.resolve()
      return over.promise
    }
    const source = `await tools.exec({ command: ['x'] })\nreturn 1`
    const ended = Promise.all(Array.from({ length: count }, () => session.run({ source, call })))
    await Promise.race([everybody.promise, ended])
    const waitingBytes = await resident()
    over.resolve(null)
    await ended
    return { waiting: waitingBytes, idle: await resident() }
  }
}

async function leak(contender: Contender): Promise<number> {
  const session = await contender.open()
  const call = async () => ({ text: 'ok' })
  async function runMany({ scripts, msMax }: typeof LEAK): Promise<number> {
    const endMs = performance.now() + msMax
    let count = 0
    while (count < scripts && performance.now() < endMs) {
      count += 1
      await session.run({
        source: `const { text } = await tools.exec({ command: ['x'] })\nreturn text // ${count}`,
        call,
      })
    }
    return count
  }
  await runMany(LEAK_WARM_UP)
  const before = await resident()
  const count = await runMany(LEAK)
  return ((await resident()) - before) / count / KIBIBYTE
}

/** The least resident memory of a few looks after garbage collections, with time for other threads to do theirs. */
async function resident(): Promise<number> {
  let leastBytes = Number.POSITIVE_INFINITY
  for (let look = 0; look < LOOKS; look++) {
    globalThis.gc?.()
    await new Promise(resolve => setTimeout(resolve, SETTLE_MS))
    leastBytes = Math.min(leastBytes, process.memoryUsage.rss())
  }
  return leastBytes
}
