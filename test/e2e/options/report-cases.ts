import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { type CasesOf, cli, type Json, json, once, printed, put, ROOT } from './option-case.ts'
import { baseline, factorsRun, mainRun, sameRun, sampledRun, worseRun } from './shared-runs.ts'

const read = (file: string) => readFileSync(join(ROOT, file), 'utf8')

export const REPORT_CASES: CasesOf<'report'> = {
  format: {
    effect: async () => {
      const run = await sampledRun()
      const text = await printed(['report', run, '--format', 'csv'])
      expect(text.trim().split('\n').sort()).toEqual([`wrote ${run}/contrasts.csv`, `wrote ${run}/trials.csv`])
      expect(read(`${run}/trials.csv`)).toMatch(/^trial_id,/)
    },
    wrong: [['sample', '--format', 'csv,pdf'], 'expected one of terminal, csv, json, md, html'],
  },
  against: {
    effect: async () => {
      const [run, earlier] = [await worseRun(), await mainRun()]
      const args = ['report', run, '--format', 'terminal']
      const [alone, compared] = await Promise.all([printed(args), printed([...args, '--against', earlier])])
      expect(compared).not.toBe(alone)
      expect(compared).toContain('main')
    },
    wrong: [['sample', '--against', 'nowhere'], 'nowhere'],
  },
}

/** The contrasts of a comparison as data. */
async function contrasts(run: string, ...flags: string[]): Promise<Json[]> {
  const { scopes } = JSON.parse(await printed(['compare', run, '--format', 'json', ...flags]))
  return scopes.flatMap((scope: Json) => scope.contrasts)
}

const allContrasts = once(async () => contrasts(await factorsRun()))

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)].sort()
}

const narrowContrasts = once(async () =>
  contrasts(await sampledRun(), '--metric', 'turns', '--metric', 'solved', '--margin', '12pp'),
)

export const COMPARE_CASES: CasesOf<'compare'> = {
  factor: {
    effect: async () => {
      const factors = (found: Json[]) => distinct(found.map(one => one.factor))
      expect(factors(await allContrasts())).toEqual(expect.arrayContaining(['mode', 'reinjection']))
      expect(factors(await contrasts(await factorsRun(), '--factor', 'reinjection'))).not.toContain('mode')
    },
    wrong: [['sample', '--factor', 'mod'], 'did you mean "mode"'],
  },
  baseline: {
    effect: async () => {
      const pairs = (found: Json[]) => found.map(({ other, baseline: level }) => `${other} − ${level}`)
      const added = 'structured-serial − script-tool'
      expect(pairs(await allContrasts())).not.toContain(added)
      expect(pairs(await contrasts(await factorsRun(), '--baseline', 'script-tool'))).toContain(added)
    },
    wrong: [['sample', '--baseline', 'script-tol'], 'script-tol'],
  },
  metric: {
    effect: async () => {
      expect(distinct((await narrowContrasts()).map(({ metric }) => metric))).toEqual(['solved', 'turns'])
    },
    wrong: [['sample', '--metric', 'turn'], 'did you mean "turns"?'],
  },
  by: {
    effect: async () => {
      const args = ['compare', await sampledRun()]
      const [plain, split] = await Promise.all([printed(args), printed([...args, '--by', 'stratum'])])
      expect(plain).not.toContain('many-independent')
      expect(split).toContain('many-independent')
    },
    wrong: [['sample', '--by', 'modle'], 'did you mean "model"'],
  },
  margin: {
    effect: async () => {
      const found = (await narrowContrasts()).filter(({ metric }) => metric === 'solved')
      expect(new Set(found.map(({ margin }) => margin))).toEqual(new Set([0.12]))
    },
    wrong: [['sample', '--margin', '7'], 'such as 5pp or 0.05'],
  },
  format: {
    effect: async () => expect(await printed(['compare', await sampledRun(), '--format', 'md'])).toMatch(/^# /),
    wrong: [['sample', '--format', 'jsn'], 'did you mean "json"'],
  },
  out: {
    effect: async () => {
      await printed(['compare', await sampledRun(), '--format', 'json,csv', '--out', 'compared'])
      expect(existsSync(join(ROOT, 'compared/compare.json'))).toBe(true)
      expect(existsSync(join(ROOT, 'compared/contrasts.csv'))).toBe(true)
    },
    wrong: [['sample', '--out', 'compared'], 'nothing to write'],
  },
}

/** Of a run that is worse, with all documents. */
const worseGate = once(async () => {
  const documents = ['--junit', 'out/gate.xml', '--markdown', 'out/gate.md', '--json']
  const { exitCode, stdout } = await cli(['gate', await worseRun(), '--against', await mainRun(), ...documents])
  return { exitCode, result: JSON.parse(stdout) }
})

export const GATE_CASES: CasesOf<'gate'> = {
  against: {
    effect: async () => {
      expect(await worseGate()).toMatchObject({ exitCode: 2, result: { status: 'regression' } })
    },
    wrong: [['sample', '--against', 'nowhere.json'], 'nowhere.json'],
  },
  policy: {
    effect: async () => {
      const result = await json(['gate', await sameRun(), '--against', await baseline(), '--policy', 'gate.yaml'])
      expect(result.checks.map(({ metric }: Json) => metric)).toEqual(['solved'])
    },
    wrong: [['sample', '--against', 'sample', '--policy', 'none.yaml'], 'none.yaml: no policy there'],
  },
  junit: {
    effect: async () => {
      await worseGate()
      expect(read('out/gate.xml')).toContain('<failure type="regression"')
    },
  },
  markdown: {
    effect: async () => {
      await worseGate()
      expect(read('out/gate.md')).toContain('## scriptbench gate: REGRESSION')
    },
  },
  saveBaseline: {
    effect: async () => {
      const file = await baseline()
      expect(JSON.parse(read(file)).cells).toHaveLength(30)
      const again = await cli(['gate', 'main', '--save-baseline', file])
      expect(again).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('never dropped') })
    },
  },
  updateBaseline: {
    effect: async () => {
      put({ 'growing.json': read(await baseline()) })
      const flags = ['--against', 'growing.json', '--policy', 'gate.yaml', '--update-baseline']
      const { stderr } = await cli(['gate', await sameRun(), ...flags])
      expect(stderr).toContain('90 trials added')
      expect(statSync(join(ROOT, 'growing.json')).size).toBeGreaterThan(read(await baseline()).length)
    },
    wrong: [['sample', '--against', 'sample', '--update-baseline'], 'expected a baseline file'],
  },
  json: { effect: async () => expect((await worseGate()).result.checks).not.toHaveLength(0) },
}

export const AA_CASES: CasesOf<'aa'> = {
  seed: {
    effect: async () => {
      const run = await mainRun()
      const floors = (seed: string) => printed(['aa', run, '--json', '--seed', seed])
      const [one, again, other] = await Promise.all([floors('a'), floors('a'), floors('b')])
      expect(again).toBe(one)
      expect(other).not.toBe(one)
    },
    wrong: [['sample', '--seed', ''], 'expected a value'],
  },
  json: { effect: async () => expect((await json(['aa', await sampledRun()])).arms).not.toHaveLength(0) },
}

put({ 'outcomes.csv': 'task,model,mode,solved\na,m,x,true\na,m,y,false\n' })

export const IMPORT_CASES: CasesOf<'import'> = {
  out: {
    effect: async () => {
      await printed(['import', 'csv', 'outcomes.csv', '--out', 'imported'])
      expect(JSON.parse(read('imported/manifest.json')).imported).toMatchObject({ source: 'outcomes.csv' })
    },
    wrong: [['csv', 'outcomes.csv', '--out', ' '], 'expected a value'],
  },
}
