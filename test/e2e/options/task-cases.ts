import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { inlineSuite, inlineTask } from '../../helpers/inline-task.ts'
import { type CasesOf, cli, type Json, json, once, printed, put, ROOT } from './option-case.ts'
import './shared-runs.ts'

put({ 'one.yaml': inlineSuite({ tasks: ['one'], models: ['oracle'] }) })

const ids = ({ tasks }: Json): string[] => tasks.map(({ id }: Json) => id)
const listed = async (...args: string[]) => ids(await json(['tasks', ...args]))

export const TASKS_LIST_CASES: CasesOf<'tasks list'> = {
  suite: {
    effect: async () => expect(await listed('list', '--suite', 'one.yaml')).toEqual(['one']),
    wrong: [['--suite', 'none.yaml'], 'none.yaml'],
  },
  dir: {
    effect: async () => expect(await listed('list', 'o*', '--dir', 'tasks')).toEqual(['one']),
    wrong: [['--dir', 'nowhere'], 'nowhere'],
  },
  json: {
    effect: async () => {
      const { tasks } = await json(['tasks', 'list', 'one', '--dir', 'tasks'])
      expect(tasks).toEqual([{ id: 'one', stratum: 'few', source: 'folder' }])
      expect(await printed(['tasks', 'list', 'one', '--dir', 'tasks'])).toMatch(/^one +few +folder\n$/)
    },
  },
}

export const TASKS_SHOW_CASES: CasesOf<'tasks show'> = {
  suite: {
    effect: async () => expect(await listed('show', 'one', '--suite', 'one.yaml')).toEqual(['one']),
    wrong: [['one', '--suite', 'none.yaml'], 'none.yaml'],
  },
  dir: {
    effect: async () => expect(await printed(['tasks', 'show', 'two', '--dir', 'tasks'])).toMatch(/^two {2}\(few, /),
    wrong: [['one', '--dir', 'nowhere'], 'nowhere'],
  },
  json: {
    effect: async () => {
      const { tasks } = await json(['tasks', 'show', 'one', '--dir', 'tasks'])
      expect(tasks).toMatchObject([{ id: 'one', stratum: 'few', touches: ['greeting.txt'] }])
    },
  },
}

/** A task that is proven only where its verifier can see the host, which a sandbox hides. */
function unconfinedTask(): void {
  const script = `mkdir -p "$LOGS_DIR/verifier"
[ -e "${ROOT}/suite.yaml" ] && grep -qx 'hello world' greeting.txt && score=1 || score=0
echo $score > "$LOGS_DIR/verifier/reward.txt"
`
  put({ ...inlineTask('unconfined'), 'tasks/unconfined/tests/test.sh': script })
}

/** A verifier that everything passes. */
const PASSES = 'mkdir -p "$LOGS_DIR/verifier"; echo 1 > "$LOGS_DIR/verifier/reward.txt"\n'

/** Of `one`, played twice by each player. */
const validation = once(() => json(['tasks', 'validate', '--suite', 'one.yaml', '--repeat', '2']))

export const TASKS_VALIDATE_CASES: CasesOf<'tasks validate'> = {
  suite: {
    effect: async () => expect((await validation()).validations).toMatchObject([{ task: 'one', isValid: true }]),
    wrong: [['--suite', 'none.yaml'], 'none.yaml'],
  },
  dir: {
    effect: async () => {
      put({ ...inlineTask('easy'), 'tasks/easy/tests/test.sh': PASSES })
      const { exitCode, stdout } = await cli(['tasks', 'validate', 'easy', '--dir', 'tasks'])
      expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: expect.stringContaining('✗ easy\n    nop in ') })
    },
    wrong: [['--dir', 'nowhere'], 'nowhere'],
    isSlow: true,
  },
  repeat: {
    effect: async () => {
      const [{ proofs }] = (await validation()).validations
      expect(new Set(proofs.map(({ outcomes }: Json) => outcomes.length))).toEqual(new Set([2]))
    },
    wrong: [['--repeat', '0'], 'expected a whole number of at least 1'],
  },
  sandbox: {
    effect: async () => {
      unconfinedTask()
      const flags = ['--dir', 'tasks', '--sandbox', 'none']
      expect(await printed(['tasks', 'validate', 'unconfined', ...flags])).toContain('✓ unconfined')
    },
    wrong: [['--sandbox', 'docker'], 'expected one of auto, bubblewrap, none'],
    isSlow: true,
  },
  json: { effect: async () => expect(await validation()).toMatchObject({ ok: true, leftOut: [] }) },
}

export const TASKS_NEW_CASES: CasesOf<'tasks new'> = {
  dir: {
    effect: async () => {
      await printed(['tasks', 'new', 'fresh', '--dir', 'new/tasks'])
      expect(existsSync(join(ROOT, 'new/tasks/fresh/task.toml'))).toBe(true)
    },
    wrong: [['one', '--dir', 'tasks'], 'exist'],
  },
}

/** A repository whose second commit fixes a function; its tests are in folders of unusual names. */
const repository = once(async () => {
  put({
    'app/src/half.js': 'module.exports = n => n - 2\n',
    'app/package.json': '{"scripts": {"test": "node proof/half.js"}}\n',
  })
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@t', ...args], { cwd: join(ROOT, 'app') })
  git('init', '-q')
  git('add', '-A')
  git('commit', '-qm', 'start')
  put({
    'app/src/half.js': 'module.exports = n => n / 2\n',
    'app/proof/half.js': "require('node:assert').equal(require('../src/half.js')(8), 4)\n",
    'app/samples/eight.json': '8\n',
  })
  git('add', '-A')
  git('commit', '-qm', 'half: halves')
  return ['tasks', 'from-commit', 'app', 'HEAD']
})

/** One task from it, made with every option. */
const madeTask = once(async () => {
  const globs = ['--test-glob', 'proof/**', '--test-glob', 'samples/**', '{x,y}/**']
  await printed([...(await repository()), '--test', 'node proof/half.js', ...globs, '--id', 'half', '--out', 'made'])
  return {
    manifest: readFileSync(join(ROOT, 'made/half/task.toml'), 'utf8'),
    has: (path: string) => existsSync(join(ROOT, 'made/half', path)),
    verifier: readFileSync(join(ROOT, 'made/half/tests/test.sh'), 'utf8'),
  }
})

export const FROM_COMMIT_CASES: CasesOf<'tasks from-commit'> = {
  test: {
    effect: async () => expect((await madeTask()).verifier).toContain('node proof/half.js'),
    wrong: [['app', 'HEAD', '--test', ''], 'expected a value'],
    isSlow: true,
  },
  testGlob: {
    effect: async () => {
      const { manifest, has } = await madeTask()
      expect(manifest).toContain('protect = ["proof/**","samples/**","{x,y}/**"]')
      expect(manifest).toContain('touches = ["src/half.js"]')
      expect(has('environment/workspace/samples/eight.json')).toBe(false)
    },
    wrong: [['app', 'HEAD', '--test', 'true', '--test-glob'], 'argument missing'],
    isSlow: true,
  },
  id: {
    effect: async () => expect((await madeTask()).manifest).toContain('name = "own/half"'),
    isSlow: true,
  },
  out: { effect: async () => expect((await madeTask()).has('instruction.md')).toBe(true), isSlow: true },
}

put({
  'files/a.txt': 'alpha\n',
  'pwd.ts': "return (await tools.exec({ command: ['pwd'] })).stdout.trim()\n",
  'read.ts': "return (await tools.readFile({ filePath: context.workingDirectory + '/a.txt' })).text\n",
  'loop.ts': 'for (;;) await tools.listDir({ dirPath: context.workingDirectory })\n',
  'typo.ts': "return (await tools.readFile({ filePath: context.workingDirectory + '/a.txt' })).contents ?? 'none'\n",
})

const readScript = once(() => script('read.ts'))
const script = (file: string, ...flags: string[]) => json(['script', file, '--workspace', 'files', ...flags])

export const SCRIPT_CASES: CasesOf<'script'> = {
  workspace: {
    effect: async () => expect((await readScript()).value).toBe('alpha'),
    wrong: [['read.ts', '--workspace', 'nowhere'], 'nowhere'],
  },
  limits: {
    effect: async () => {
      const limits = ['--limits', 'toolCallsMax=3', '--limits', 'wallTimeMs=20000,concurrentCallsMax=1']
      const { ok, calls, failure } = await script('loop.ts', ...limits)
      expect({ ok, calls: calls.filter(({ status }: Json) => status === 'ok').length }).toEqual({ ok: false, calls: 3 })
      expect(failure.message).toContain('3')
    },
    wrong: [['read.ts', '--workspace', 'files', '--limits', 'wallTime=1'], 'did you mean "wallTimeMs"'],
  },
  sandbox: {
    effect: async () => expect((await script('pwd.ts', '--sandbox', 'none')).value).toBe(join(ROOT, 'files')),
    wrong: [['read.ts', '--workspace', 'files', '--sandbox', 'no'], 'expected one of auto, bubblewrap, none'],
  },
  typeCheck: {
    effect: async () => {
      const text = await printed(['script', 'typo.ts', '--workspace', 'files', '--type-check', 'block'])
      expect(text).toContain("Property 'contents' does not exist")
      expect(text).toContain('The program did not run.')
    },
    wrong: [['read.ts', '--workspace', 'files', '--type-check', 'on'], 'expected one of off, warn, block'],
    isSlow: true,
  },
  json: { effect: async () => expect(await readScript()).toMatchObject({ ok: true, logs: [] }) },
}

const READ = ['tool', 'readFile', '--args', JSON.stringify({ filePath: 'a.txt' })]

export const TOOL_CASES: CasesOf<'tool'> = {
  args: {
    effect: async () => expect(await printed([...READ, '--workspace', 'files'])).toContain('alpha'),
    wrong: [['readFile', '--workspace', 'files', '--args', '{'], 'expected JSON'],
  },
  workspace: {
    effect: async () => {
      put({ 'elsewhere/a.txt': 'beta\n' })
      expect(await printed([...READ, '--workspace', 'elsewhere'])).toContain('beta')
    },
    wrong: [['readFile', '--args', '{}', '--workspace', 'nowhere'], 'nowhere'],
  },
  sandbox: {
    effect: async () => {
      const pwd = ['tool', 'exec', '--args', '{"command": ["pwd"]}', '--workspace', 'files', '--sandbox', 'none']
      expect(await printed(pwd)).toContain(join(ROOT, 'files'))
    },
    wrong: [['readFile', '--args', '{}', '--workspace', 'files', '--sandbox', 'n'], 'expected one of'],
  },
  json: { effect: async () => expect(await json([...READ, '--workspace', 'files'])).toMatchObject({ ok: true }) },
}

/** A model that answers everything with one word. */
const model = once(async () => {
  const reply = `process.stdin.resume().on('end', () => console.log(JSON.stringify({ text: 'Ready.' })))\n`
  writeFileSync(join(ROOT, 'model.mjs'), `#!/usr/bin/env node\n${reply}`, { mode: 0o755 })
  return `command/${join(ROOT, 'model.mjs')}`
})

export const MODELS_LIST_CASES: CasesOf<'models list'> = {
  json: {
    effect: async () => {
      const { models } = await json(['models', 'list', 'anthropic/claude-haiku-4-5'])
      expect(models).toMatchObject([{ spec: 'anthropic/claude-haiku-4-5', playerKind: 'api' }])
    },
  },
}

export const MODELS_CHECK_CASES: CasesOf<'models check'> = {
  json: {
    effect: async () => expect(await json(['models', 'check', await model()])).toMatchObject({ ok: true }),
  },
}

export const DOCTOR_CASES: CasesOf<'doctor'> = {
  json: {
    effect: async () => {
      const { findings } = await json(['doctor'])
      expect(findings.map(({ name }: Json) => name)).toContain('Node')
    },
  },
}
