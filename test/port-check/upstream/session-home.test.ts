import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'smol-toml'
import { expect, test } from 'vitest'
import { createSessionHome, sessionConfig } from '../../../src/port-check/upstream/session-home.ts'
import { createFolder } from '../../helpers/run-cli.ts'

const POLICIES = { model: 'a "b"', approval: 'on-request', sandbox: 'read-only' }

test('the settings are TOML with the fake model, the policies and further tables', () => {
  const tables = { shell_environment_policy: { inherit: 'none', set: { A: '1' }, exclude: ['X*'] } }
  expect(parse(sessionConfig('http://127.0.0.1:1/v1', { ...POLICIES, tables }))).toMatchObject({
    model: 'a "b"',
    approval_policy: 'on-request',
    sandbox_mode: 'read-only',
    model_providers: { standin: { base_url: 'http://127.0.0.1:1/v1', wire_api: 'responses' } },
    shell_environment_policy: { inherit: 'none', set: { A: '1' }, exclude: ['X*'] },
  })
})

test('a home has its settings and few variables, the programs of the release first, and is removed', async () => {
  const homesDir = await createFolder()
  const program = { spec: 'x', version: '1', file: '/x', sha256: '', homesDir, pathDir: '/programs' }
  const home = await createSessionHome(program, 'model = "m"\n')
  expect(readFileSync(join(home.dir, 'config.toml'), 'utf8')).toBe('model = "m"\n')
  expect(Object.keys(home.env).sort()).toEqual(['CODEX_HOME', 'HOME', 'LANG', 'PATH'])
  expect(home.env).toMatchObject({ HOME: home.dir, CODEX_HOME: home.dir })
  expect(home.env.PATH).toMatch(/^\/programs:/)
  await home[Symbol.asyncDispose]()
  expect(existsSync(home.dir)).toBe(false)
})
