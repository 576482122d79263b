import { chmodSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { cacheWith } from '../../port-check/upstream/fake-upstream.ts'
import { type CasesOf, cli, type Json, json, once, printed, put, ROOT } from './option-case.ts'

const read = (file: string) => readFileSync(join(ROOT, file), 'utf8')

const ADDED = { exit: 0, stdout: 'Success. Updated the following files:\nA a\n', stderr: '', tree: { a: { f: 'x\n' } } }
const CASE = {
  id: 'good',
  category: 'add',
  input: {},
  invoke: { mode: 'arg', patch: '*** Begin Patch\n*** Add File: a\n+x\n*** End Patch' },
  expect: { '0.169.0': ADDED, '0.55.0': ADDED },
}
const HEADER = { _header: true, corpus: 'apply_patch' }
const WRONG = { ...CASE, id: 'wrong', expect: { '0.169.0': { ...ADDED, exit: 1 } } }
const LISTING = [
  { _header: true, corpus: 'list_dir', trees: { t: { tree: { 'a.txt': { f: '' } } } } },
  {
    ...{ id: 'flat', tree: 't', tags: [], args: { dir_path: '{{CWD}}', depth: 1 } },
    output: 'Absolute path: {{CWD}}\na.txt',
  },
]
const lines = (...cases: object[]) => cases.map(one => `${JSON.stringify(one)}\n`).join('')

put({
  'good.jsonl': lines(HEADER, CASE),
  'wrong.jsonl': lines(HEADER, CASE, WRONG),
  'listing.jsonl': lines(...LISTING),
  'npm/npm': '#!/bin/sh\necho "npm error no network in this test" >&2\nexit 1\n',
})
chmodSync(join(ROOT, 'npm/npm'), 0o755)

/** An environment in which releases are installed already, without a way to install another one. */
export const upstream = once(async () => {
  const cacheDir = join(ROOT, 'cache/scriptbench/upstream')
  await cacheWith('0.169.0', { cacheDir, patch: 'echo "I am 0.169.0"' })
  await cacheWith('0.168.0', { cacheDir, patch: 'echo "I am 0.168.0"' })
  return { env: { XDG_CACHE_HOME: join(ROOT, 'cache'), PATH: `${join(ROOT, 'npm')}:${process.env.PATH}` } }
})

const check = (...flags: string[]) => cli(['ports', 'check', '--json', ...flags])
const checked = async (...flags: string[]): Promise<Json> => JSON.parse((await check(...flags)).stdout)

const goodCheck = once(() => check('--corpus', 'good.jsonl'))
/** Of a case that differs, with both documents. */
const wrongCheck = once(() => check('--corpus', 'wrong.jsonl', '--junit', 'ports.xml'))

export const CHECK_CASES: CasesOf<'ports check'> = {
  tool: {
    effect: async () => {
      const { by_category } = await checked('--corpus', 'listing.jsonl', 'good.jsonl', '--tool', 'listDir')
      expect(JSON.stringify(by_category)).not.toContain('applyPatch')
      expect(JSON.stringify(by_category)).toContain('listDir')
    },
    wrong: [['--tool', 'pigeon'], '--tool pigeon'],
  },
  corpus: {
    effect: async () => {
      const [good, wrong, both] = await Promise.all([
        goodCheck(),
        wrongCheck(),
        check('--corpus', 'listing.jsonl', '--corpus', 'wrong.jsonl'),
      ])
      expect([good.exitCode, wrong.exitCode, both.exitCode]).toEqual([0, 2, 2])
      expect(both.stdout).toContain('listDir')
    },
    wrong: [['--corpus', 'none.jsonl'], 'none.jsonl'],
  },
  port: {
    effect: async () => {
      const { exitCode } = await check('--corpus', 'listing.jsonl', '--port', 'false')
      expect(exitCode).toBe(2)
    },
    wrong: [['--port', './none.ts'], './none.ts'],
  },
  profile: {
    effect: async () => expect((await check('--corpus', 'wrong.jsonl', '--profile', '0.55')).exitCode).toBe(0),
    wrong: [['--profile', '0.1'], '--profile 0.1', 5],
  },
  json: { effect: async () => expect(JSON.parse((await goodCheck()).stdout)).toMatchObject({ differences: [] }) },
  junit: {
    effect: async () => {
      await wrongCheck()
      expect(read('ports.xml')).toContain('failures="1"')
    },
    wrong: [['--junit', 'no/such/folder/f.xml'], 'expected a file in a folder that exists'],
  },
  baseline: {
    effect: async () => {
      put({ 'before.json': (await wrongCheck()).stdout })
      expect((await check('--corpus', 'wrong.jsonl', '--baseline', 'before.json')).exitCode).toBe(0)
    },
    wrong: [['--baseline', 'none.json'], 'none.json'],
  },
}

const compare = async (...flags: string[]) =>
  json(['ports', 'compare', 'built-in:0.169', 'built-in:0.55', ...flags], await upstream())
const tools = ({ tools: all }: Json): string[] => all.map(({ tool }: Json) => tool)

export const COMPARE_CASES: CasesOf<'ports compare'> = {
  upstream: {
    effect: async () => {
      const recorded = JSON.stringify(await compare('--corpus', 'good.jsonl'))
      const fresh = JSON.stringify(await compare('--corpus', 'good.jsonl', '--upstream', '0.169.0'))
      expect(fresh).not.toBe(recorded)
    },
    wrong: [['built-in', 'built-in:0.55', '--upstream', 'latest'], '--upstream latest: expected a release'],
    isSlow: true,
  },
  tool: {
    effect: async () => {
      const found = await compare('--corpus', 'listing.jsonl', 'good.jsonl', '--tool', 'listDir')
      expect(new Set(tools(found))).toEqual(new Set(['listDir']))
    },
    wrong: [['built-in', 'built-in:0.55', '--tool', 'pigeon'], '--tool pigeon'],
    isSlow: true,
  },
  corpus: {
    effect: async () =>
      expect(new Set(tools(await compare('--corpus', 'listing.jsonl')))).toEqual(new Set(['listDir'])),
    wrong: [['built-in', 'built-in:0.55', '--corpus', 'none.jsonl'], 'none.jsonl'],
    isSlow: true,
  },
  profile: {
    effect: async () => {
      const text = JSON.stringify(await compare('--corpus', 'good.jsonl', '--profile', '0.55'))
      expect(text).toContain('0.55')
      expect(text).not.toContain('"0.169"')
    },
    wrong: [['built-in', 'built-in:0.55', '--profile', '0.1'], '--profile 0.1', 5],
    isSlow: true,
  },
  json: {
    effect: async () => expect(await compare('--corpus', 'listing.jsonl')).toMatchObject({ ports: {}, advice: {} }),
    isSlow: true,
  },
  markdown: {
    effect: async () => {
      await compare('--corpus', 'listing.jsonl', '--markdown', 'ports.md')
      expect(read('ports.md')).toContain('listDir')
    },
    isSlow: true,
  },
}

export const INIT_CASES: CasesOf<'ports init'> = {
  tool: {
    effect: async () => {
      await printed(['ports', 'init', 'mine', '--tool', 'listDir', '--tool', 'readFile'])
      expect(read('mine/ports/adapter.mts')).toMatch(/listDir[\s\S]*readFile|readFile[\s\S]*listDir/)
    },
    wrong: [['mine2', '--tool', 'pigeon'], '--tool pigeon'],
  },
  language: {
    effect: async () => {
      await printed(['ports', 'init', 'snake', '--language', 'python'])
      expect(existsSync(join(ROOT, 'snake/ports/adapter.py'))).toBe(true)
    },
    wrong: [['snake2', '--language', 'pyton'], 'did you mean "python"'],
  },
}

const record = async (...flags: string[]) => cli(['ports', 'record', ...flags], await upstream())

export const RECORD_CASES: CasesOf<'ports record'> = {
  upstream: {
    effect: async () => {
      const releases = ['--upstream', '0.169.0', '--upstream', '@openai/codex@0.168.0']
      expect(await record(...releases, '--corpus', 'good.jsonl', '--out', 'two.jsonl')).toMatchObject({ exitCode: 0 })
      expect(read('two.jsonl')).toContain('I am 0.169.0')
      expect(read('two.jsonl')).toContain('I am 0.168.0')
    },
    wrong: [['--upstream', 'latest'], '--upstream latest: expected a release'],
    isSlow: true,
  },
  tool: {
    effect: async () => {
      put({ 'recorded/.keep': '' })
      const { stderr } = await record('--upstream', '0.169.0', '--tool', 'heredoc', '--out', 'recorded')
      const files = [...stderr.matchAll(/recording (\S+)/g)].map(([, file]) => file)
      expect(files).not.toHaveLength(0)
      for (const file of files) expect(file).toContain('heredoc')
    },
    wrong: [['--upstream', '0.169.0', '--tool', 'pigeon'], '--tool pigeon'],
    isSlow: true,
  },
  corpus: {
    effect: async () => {
      const { stderr } = await record('--upstream', '0.169.0', '--corpus', 'good.jsonl', '--out', 'c.jsonl')
      expect(stderr).toContain('recording good.jsonl')
    },
    wrong: [['--upstream', '0.169.0', '--corpus', 'none.jsonl', '--out', 'x.jsonl'], 'none.jsonl'],
    isSlow: true,
  },
  out: {
    effect: async () => {
      await record('--upstream', '0.169.0', '--corpus', 'good.jsonl', '--out', 'named.jsonl')
      expect(read('named.jsonl')).toContain('I am 0.169.0')
      expect(read('good.jsonl')).not.toContain('I am')
    },
    wrong: [['--upstream', '0.169.0', '--corpus', 'good.jsonl', 'wrong.jsonl', '--out', 'o.jsonl'], 'existing folder'],
    isSlow: true,
  },
  json: {
    effect: async () => {
      const flags = ['--corpus', 'good.jsonl', '--out', 'json.jsonl', '--json']
      const { stdout } = await record('--upstream', '0.169.0', ...flags)
      expect(JSON.parse(stdout)).toMatchObject([{ out: join(ROOT, 'json.jsonl'), versions: [{ version: '0.169.0' }] }])
    },
    isSlow: true,
  },
}

const fuzz = async (...flags: string[]) => cli(['ports', 'fuzz', ...flags], await upstream())
const FEW = ['--runs', '4', '--seed', '7']

export const FUZZ_CASES: CasesOf<'ports fuzz'> = {
  tool: {
    effect: async () => {
      const { exitCode, stderr } = await fuzz('--tool', 'listDir', ...FEW)
      expect({ exitCode, stderr }).toEqual({ exitCode: 5, stderr: expect.stringContaining('@openai/codex@0.55.0') })
    },
    wrong: [['--tool', 'applyPach'], 'did you mean "applyPatch"'],
    isSlow: true,
  },
  upstream: {
    effect: async () => {
      const { exitCode, stdout } = await fuzz('--upstream', '0.168.0', ...FEW)
      expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: expect.stringContaining('I am 0.168.0') })
    },
    wrong: [['--upstream', 'latest'], '--upstream latest: expected a release'],
    isSlow: true,
  },
  profile: {
    effect: async () => {
      const { exitCode, stderr } = await fuzz('--profile', '0.55', ...FEW)
      expect({ exitCode, stderr }).toEqual({ exitCode: 5, stderr: expect.stringContaining('@openai/codex@0.55.0') })
    },
    wrong: [['--profile', '0.5'], 'expected one of 0.169, 0.55'],
    isSlow: true,
  },
  port: {
    effect: async () => {
      put({ 'port.mjs': 'throw new Error("this port does not load")\n' })
      const [own, other] = await Promise.all([fuzz(...FEW), fuzz(...FEW, '--port', './port.mjs')])
      expect(other.stderr).not.toBe(own.stderr)
    },
    wrong: [['--port', './none.ts'], './none.ts'],
    isSlow: true,
  },
  runs: {
    effect: async () => {
      const [three, six] = await Promise.all([fuzz('--runs', '3', '--seed', '7'), fuzz('--runs', '6', '--seed', '7')])
      expect(three.stderr).toContain('3/3')
      expect(six.stderr).toContain('6/6')
    },
    wrong: [['--runs', '0'], 'expected a whole number of at least 1'],
    isSlow: true,
  },
  seed: {
    effect: async () => {
      const [one, again, other] = await Promise.all(['1', '1', '2'].map(seed => fuzz('--runs', '4', '--seed', seed)))
      expect(again?.stdout).toBe(one?.stdout)
      expect(other?.stdout).not.toBe(one?.stdout)
    },
    wrong: [['--seed', 'x'], 'expected a whole number of at least 0'],
    isSlow: true,
  },
}
