import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

/**
 * Do the tests pass on a busy machine? Starts busy processes, runs `npm test` several times next to them, then the files
 * that were once flaky, and prints how many runs passed: `npm run test:load [-- --runs 3 --flaky-runs 10 --busy 8]`.
 * Paths of tests after the options replace the whole of `npm test`.
 */
const ROOT = join(import.meta.dirname, '..')
/** A busy process ends by itself, should this one be killed before it can end it. */
const BUSY_MINUTES_MAX = 90
const BUSY = `const endMs = Date.now() + ${BUSY_MINUTES_MAX * 60_000}
process.on('disconnect', () => process.exit())
const work = () => { for (let i = 0; i < 2e7; i++); if (Date.now() < endMs) setImmediate(work); else process.exit() }
work()`
const ONCE_FLAKY = [
  'test/bench/engine/row-process.test.ts',
  'test/model/command/wire.test.ts',
  'test/os-sandbox/launch-process.test.ts',
  'test/os-sandbox/create-os-sandbox.test.ts',
  'test/report/comparison/contrasts.test.ts',
  'test/script-engine/cancellation.test.ts',
  'test/script-engine/engine.test.ts',
  'test/script-engine/host/run-timers.test.ts',
  'test/tools/exec/exec.test.ts',
  'test/tools/toolbox/toolbox.test.ts',
  'test/type-check/create-type-checker.test.ts',
]

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    runs: { type: 'string', default: '3' },
    'flaky-runs': { type: 'string', default: '10' },
    busy: { type: 'string', default: '8' },
  },
})

const started = new Set<ChildProcess>()
function stopAll(): void {
  for (const child of started) child.kill()
}
process.once('exit', stopAll)
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  process.once(signal, () => process.exit(code))
}

for (let index = 0; index < countOf('busy'); index++) {
  keep(spawn(process.execPath, ['-e', BUSY], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] }))
}
const results = [
  await passes('npm test', positionals, countOf('runs')),
  await passes('once-flaky files', ONCE_FLAKY, countOf('flaky-runs')),
]
console.log(`\nbeside ${countOf('busy')} busy processes`)
for (const { name, passed, runs } of results) console.log(`${name}: ${passed} of ${runs} runs passed`)
process.exit(results.every(({ passed, runs }) => passed === runs) ? 0 : 1)

function countOf(option: keyof typeof values): number {
  const count = Number(values[option])
  if (Number.isSafeInteger(count) && count >= 0) return count
  console.error(`--${option}: expected a whole number, got "${values[option]}"`)
  process.exit(1)
}

function keep(child: ChildProcess): ChildProcess {
  started.add(child)
  child.once('close', () => started.delete(child))
  return child
}

async function passes(name: string, files: readonly string[], runs: number) {
  let passed = 0
  for (let run = 1; run <= runs; run++) {
    const failure = await failureOf(files)
    if (failure === undefined) passed++
    else console.log(failure)
    console.log(`${name}, run ${run} of ${runs}: ${failure === undefined ? 'passed' : 'FAILED'}`)
  }
  return { name: files === positionals && files.length > 0 ? files.join(' ') : name, passed, runs }
}

/** The end of what a failed run printed. */
async function failureOf(files: readonly string[]): Promise<string | undefined> {
  const vitest = join(ROOT, 'node_modules', 'vitest', 'vitest.mjs')
  const child = keep(
    spawn(process.execPath, [vitest, 'run', '--silent', '--reporter=default', ...files], {
      cwd: ROOT,
      env: { ...process.env, NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    }),
  )
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', text => (printed += text))
  const code = await new Promise<number | null>(resolve => child.once('close', resolve))
  return code === 0 ? undefined : printed.split('\n').slice(-80).join('\n')
}
