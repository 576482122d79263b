import type { TrialEvent } from '../../src/contracts/events.ts'
import type { Manifest } from '../../src/contracts/manifest.ts'
import { manifestOf } from './manifest.ts'
import { type TrialPlan, trialEvents } from './trial-events.ts'

/** Everything that could make text into something else: markup, links, colours of a terminal, hidden characters. */
export const HOSTILE = [
  '</pre></script><script>globalThis.hacked = 1</script><img src=x onerror="globalThis.hacked=1">',
  '"\'`><svg onload=globalThis.hacked=1><a href="javascript:globalThis.hacked=1">x</a>',
  '[x](javascript:alert(1)) http://evil.invalid/ $' + '{globalThis.hacked=1} {{7*7}} &lt;b&gt; <!--',
  '\u001b[31mred\u001b[0m \u001b]8;;http://evil.invalid\u0007link\u001b]8;;\u0007 \u202Eexe.txt\u202C \u2066iso\u2069',
  '\u0000\u0007\u009b31m\u200b\u200f\u2028\u2029\ufeff\u{e0041}\u{e0042} e\u0301\u0301\u0301 \ud800 end\r\nline\rback',
].join(' ')

/** What other fields refer to, and words that readers of the log rely on. */
const KEPT = new Set([
  'type',
  'hash',
  'id',
  'system',
  'source',
  'setting',
  'digest',
  'createdAt',
  'role',
  'origin',
  'json',
])
const HASH = /^[0-9a-f]{64}$/

function isKept(key: string, value: string): boolean {
  return KEPT.has(key) || HASH.test(value) || (key === 'kind' && value !== 'none') || key === 'playerKind'
}

/** A copy in which every text is hostile, names of fields in free maps included. */
function poison<T>(value: T, key = ''): T {
  if (typeof value === 'string') return (isKept(key, value) ? value : `${value} ${HOSTILE}`) as T
  if (Array.isArray(value)) return value.map(item => poison(item, key)) as T
  if (typeof value !== 'object' || value === null) return value
  const isFree = key === 'clauses' || key === 'custom' || key === 'args'
  const entries = Object.entries(value).map(([name, item]) => [
    isFree ? `${name} ${HOSTILE}` : name,
    poison(item, name),
  ])
  return Object.fromEntries(entries) as T
}

const PLAN: TrialPlan = {
  arm: { mode: 'script-tool', custom: { tone: 'kind' } },
  turns: [
    {
      script: {
        source: `const a = 1 // ${HOSTILE}\nthrow new Error(\`x\`)\n`,
        failure: { class: 'thrown', message: 'x', line: 2, column: 1, frame: '> 2 | throw' },
        logs: ['a log'],
        calls: [
          { tool: 'exec', args: { command: ['sh', '-c', 'echo'] }, facts: { wrote: ['a.txt'] } },
          { tool: 'applyPatch', args: { patch: '*** Begin Patch\n*** Add File: a.txt\n+hi\n*** End Patch' } },
          { tool: 'readFile', error: { code: 'not-found', message: 'no such file' } },
        ],
      },
    },
    {
      calls: [{ tool: 'exec', args: { command: ['ls'] } }, { tool: 'listDir' }],
      protocolErrors: ['unknown-tool'],
      repairs: ['mended'],
      refusedCalls: 1,
    },
    { failure: { class: 'overloaded', message: 'busy' }, servedModel: 'served' },
    { text: 'Done.' },
  ],
  clauses: [{ kept: 1, lost: 0 }],
  unexpected: ['src/main.js'],
}

/** Two trials of a run in which every text that can be foreign is hostile. */
export function hostileTrials(): TrialEvent[][] {
  return ['h1', 'h2'].map((id, index) => {
    const mode = index === 0 ? 'script-tool' : 'structured-parallel'
    const events = trialEvents({ ...PLAN, trial: { id, task: 'task' }, arm: { ...PLAN.arm, mode } })
    return events.map(event => poison(event))
  })
}

export function hostileManifest(): Partial<Manifest> {
  const { manifestVersion, versions, platform, ...rest } = manifestOf()
  return {
    ...poison(rest),
    models: { [`model ${HOSTILE}`]: { playerKind: 'api' } },
    tasksLeftOut: [{ task: `left ${HOSTILE}`, reason: HOSTILE }],
    trialsPlanned: 2,
  }
}
