// Covers: port-check/check/check-case.ts, port-check/check/check-unit.ts, port-check/corpus/own-corpora.ts
// Covers: port-check/port/command-port.ts, port-check/port/host-process.ts, port-check/port/module-port.ts
// Covers: port-check/port/open-port.ts, port-check/port/watched-process.ts
import { spawnSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { seededRandom } from '../../../src/base/random.ts'
import type { Verdict } from '../../../src/port-check/check/check-case.ts'
import { type CheckOptions, checkPorts } from '../../../src/port-check/check/check-ports.ts'
import { portReport } from '../../../src/port-check/check-report/port-report.ts'
import { addCase, corpusWith, fileWith, patchPort } from '../sample-ports.ts'

const SEED = 'ports'
const SHARE = 0.04

/** The same cases on every machine. */
function sample(share: number): NonNullable<CheckOptions['keep']> {
  return ({ kind, id, version }) => seededRandom(`${SEED} ${kind} ${id} ${version}`)() < share
}

describe('our own ports', () => {
  test('a slice of what was recorded is identical or listed', async () => {
    const tools = ['applyPatch', 'heredoc', 'readFile', 'listDir', 'grepFiles']
    const { summary, differences } = portReport(await checkPorts({ tools, keep: sample(SHARE) }))
    expect(differences).toEqual([])
    expect(summary.cases).toBeGreaterThan(60)
    expect(summary.identical + summary.deviations + summary.unstable).toBe(summary.cases)
  })

  test('every recorded version is checked unless one is asked for', async () => {
    const [one] = [addCase('a', { expect: { ...addCase('a').expect, '0.55.0': { same: true } } })]
    const corpora = [await corpusWith([one])]
    const versions = async (profile?: string) =>
      (await checkPorts({ corpora, ...(profile && { profile }) })).cases.map(({ version }) => version)
    expect(await versions()).toEqual(['0.169.0', '0.55.0'])
    expect(await versions('0.55')).toEqual(['0.55.0'])
  })

  test('the session tools of 0.169 are counted apart', async () => {
    const { summary, by_category } = portReport(await checkPorts({ tools: ['exec169'] }))
    expect(summary.cases).toBe(0)
    expect(by_category['exec169/exec_command']).toMatchObject({ cases: 0, not_checked: 51 })
  })
})

type Verdicts = Record<string, Verdict | undefined>

/** Checks a port over cases that each add a file, by their ids. */
async function verdictsOf(port: string, ids: readonly string[] = ['a']): Promise<Verdicts> {
  const corpus = await corpusWith(ids.map(id => addCase(id)))
  const { cases } = await checkPorts({ corpora: [corpus], port, timeoutMs: 3_000, processesMax: 2 })
  return Object.fromEntries(cases.map(({ id, verdict }) => [id, verdict]))
}

const NAME = `const name = /File: (.*)/.exec(patch)[1]`
const WRITE = `${NAME}; fs.writeFileSync(cwd + '/' + name, 'x\\n')`
const DONE = `return { ok: true, value: 'Success. Updated the following files:\\nA ' + name + '\\n' }`

describe('a module that misbehaves in some cases', () => {
  const misdeeds: Record<string, [code: string, fault: string]> = {
    hangs: ['await new Promise(() => setInterval(() => {}, 1e6))', 'hung'],
    loops: ['for (;;);', 'hung'],
    ends: ['process.exit(3)', 'crashed'],
    throws: [`throw new Error('boom')`, 'crashed'],
    'writes-beside-its-tree': [`fs.writeFileSync(cwd + '/../../x', 'x')`, 'wrote-outside'],
    'writes-beside-its-folder': [`fs.writeFileSync(cwd + '/../x', 'x')`, 'wrote-outside'],
    'changes-what-is-not-its-own': [`fs.writeFileSync(cwd + '/../../not-yours.txt', 'x')`, 'wrote-outside'],
    'floods-its-output': [`for (;;) await new Promise(done => process.stdout.write('x'.repeat(1e6), done))`, 'flooded'],
    'floods-its-answer': [`return { ok: true, value: 'x'.repeat(2e7) }`, 'flooded'],
    'leaves-too-much': [`fs.writeFileSync(cwd + '/big', Buffer.alloc(7e7))`, 'flooded'],
  }

  test('is told apart case by case, and the others are checked', async () => {
    const cases = Object.entries(misdeeds).map(([id, [code]]) => `if (name === '${id}.txt') { ${code} }`)
    const port = await patchPort(`${WRITE}; ${cases.join('; ')}; ${DONE}`)
    const { a, z, ...verdicts } = await verdictsOf(port, ['a', ...Object.keys(misdeeds), 'z'])
    expect([a, z]).toEqual([{ kind: 'identical' }, { kind: 'identical' }])
    const faults = Object.entries(verdicts).map(([id, verdict]) => [id, verdict?.kind === 'error' && verdict.fault])
    expect(faults).toEqual(Object.entries(misdeeds).map(([id, [, fault]]) => [id, fault]))
  })
})

describe('a port', () => {
  test('that always hangs is not waited for for ever', async () => {
    const port = await patchPort('await new Promise(() => setInterval(() => {}, 1e6))')
    const corpus = await corpusWith(Array.from({ length: 14 }, (_, index) => addCase(`c${index}`)))
    const { cases } = await checkPorts({ corpora: [corpus], port, timeoutMs: 50, processesMax: 2 })
    const faults = Object.groupBy(cases, ({ verdict }) => (verdict.kind === 'error' ? verdict.fault : verdict.kind))
    expect(Object.keys(faults).sort()).toEqual(['hung', 'not-run'])
  })

  test.each([
    ['that cannot be read', 'export const x = {', 'cannot be loaded'],
    ['that offers nothing', 'export const x = 1', 'expected exported tools'],
  ])('a module %s is the caller’s mistake', async (_what, source, message) => {
    await expect(verdictsOf(await fileWith('port.mjs', source))).rejects.toThrow(message)
  })

  test('that does something else is told exactly what', async () => {
    const verdicts = await verdictsOf(
      await patchPort(`${WRITE.replace('x\\n', 'y\\n')}; return { ok: true, value: 'Done' }`),
    )
    expect(verdicts.a).toEqual({
      kind: 'behaviour',
      differences: [
        { part: 'tree', expected: { 'a.txt': { f: 'x\n' } }, observed: { 'a.txt': { f: 'y\n' } } },
        {
          part: 'text',
          name: 'stdout',
          expected: 'Success. Updated the following files:\nA a.txt\n',
          observed: 'Done',
        },
      ],
    })
  })

  test('that only words things differently differs in text only', async () => {
    const verdicts = await verdictsOf(await patchPort(`${WRITE}; return { ok: true, value: 'Done' }`))
    expect(verdicts.a).toMatchObject({ kind: 'text-only' })
  })
})

describe('a command as a port', () => {
  const command = async (source: string) => `${process.execPath} ${await fileWith('port.cjs', source)}`
  const answer = (reply: string) => `process.stdin.on('data', data => { const request = JSON.parse(data); ${reply} })`

  test('is held to one reply a call', async () => {
    const replies: Record<string, [code: string, fault: string]> = {
      'no-json': ['console.log("hello")', 'bad-reply'],
      'no-reply': ['console.log(JSON.stringify({ fine: 1 }))', 'bad-reply'],
      nothing: ['', 'crashed'],
      failure: ['process.exitCode = 7; console.error("no idea")', 'crashed'],
      'too-much': ['const more = () => process.stdout.write("x".repeat(1e6), more); more()', 'flooded'],
      never: ['setInterval(() => {}, 1e6)', 'hung'],
    }
    const cases = Object.entries(replies).map(
      ([id, [code]]) => `if (request.args.args[0].includes('${id}.txt')) { ${code} }`,
    )
    const verdicts = await verdictsOf(await command(answer(cases.join(';'))), Object.keys(replies))
    const faults = Object.entries(verdicts).map(([id, verdict]) => [id, verdict?.kind === 'error' && verdict.fault])
    expect(faults).toEqual(Object.entries(replies).map(([id, [, fault]]) => [id, fault]))
  })

  test('that has no such tool is not checked for it', async () => {
    const reply = `console.log(JSON.stringify({ ok: false, error: { code: 'unknown-tool', message: 'no ' + request.tool } }))`
    expect(await verdictsOf(await command(answer(reply)))).toMatchObject({ a: { kind: 'not-checked' } })
  })

  test('that is not there', async () => {
    await expect(verdictsOf('no-such-program-here --fast')).rejects.toThrow('program not found: no-such-program-here')
    await expect(verdictsOf('./test')).rejects.toThrow('is a folder; expected a module')
  })

  const hasPython = spawnSync('python3', ['--version']).status === 0
  test.runIf(hasPython)('in another language, from the documentation', async () => {
    const options = { port: 'python3 docs/examples/port-list-dir.py', tools: ['listDir', 'readFile'] }
    const { summary } = portReport(await checkPorts({ ...options, keep: sample(2 * SHARE) }))
    expect(summary.identical).toBe(summary.cases)
    expect(summary.cases).toBeGreaterThan(3)
  })
})

describe('a broken corpus', () => {
  test('costs its broken lines only', async () => {
    const corpus = await corpusWith([
      addCase('a'),
      '{"id": "b", ',
      addCase('c', { invoke: { mode: 'pigeon' } }),
      addCase('d'),
    ])
    const { cases } = await checkPorts({ corpora: [corpus] })
    expect(cases.map(({ id, line, verdict }) => [id, line, verdict.kind])).toEqual([
      ['corpus.jsonl:3', 3, 'error'],
      ['c', 4, 'error'],
      ['a', 2, 'identical'],
      ['d', 5, 'identical'],
    ])
  })

  test('with a tree that cannot be made costs that case only', async () => {
    const corpus = await corpusWith([addCase('a', { input: { ['n'.repeat(300)]: { f: '' } } }), addCase('b')])
    const { cases } = await checkPorts({ corpora: [corpus] })
    expect(cases.map(({ verdict }) => verdict.kind)).toEqual(['error', 'identical'])
  })

  test('with a tree that reaches beyond its folder costs that case only', async () => {
    const outside = addCase('a', { input: { '../../../x': { f: '' } } })
    const linked = addCase('b', { input: { l: { l: '/var' }, 'l/x': { f: '' } } })
    const { cases } = await checkPorts({ corpora: [await corpusWith([outside, linked, addCase('c')])] })
    expect(cases.map(({ verdict }) => verdict.kind)).toEqual(['error', 'error', 'identical'])
  })

  test('with nothing to check is said to be one', async () => {
    await expect(checkPorts({ corpora: [await corpusWith([])] })).rejects.toMatchObject({ code: 'nothing-to-run' })
    await expect(checkPorts({ corpora: ['/nowhere/x.jsonl'] })).rejects.toMatchObject({ code: 'file-not-found' })
    await expect(checkPorts({ tools: ['applypatch'] })).rejects.toThrow('--tool applypatch')
  })
})
