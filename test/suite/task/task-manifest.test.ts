import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseTaskManifest } from '../../../src/suite/task/task-manifest.ts'

function parse(toml: string) {
  return parseTaskManifest('task.toml', toml)
}

describe('every Harbor version', () => {
  test('an empty manifest is a task of version 1.0', () => {
    expect(parse('')).toMatchObject({ schemaVersion: '1.0', steps: [], verifierTimeoutMs: 600_000 })
  })

  test('`version` is the old name of `schema_version`', () => {
    expect(parse('version = "1.1"').schemaVersion).toBe('1.1')
  })

  test('the task section can be missing', () => {
    expect(parse('schema_version = "1.3"')).not.toHaveProperty('name')
    expect(parse('[task]\nname = "org/x"').name).toBe('org/x')
  })

  test.each([
    ['memory = "2G"', { memoryMb: 2048 }],
    ['memory = "512M"\nstorage = "1048576K"', { memoryMb: 512, storageMb: 1024 }],
    ['memory = "2G"\nmemory_mb = 100', { memoryMb: 100 }],
    ['allow_internet = false', { networkMode: 'no-network' }],
    ['allow_internet = true', { networkMode: 'public' }],
    ['allowed_hosts = ["a.example"]', { networkMode: 'allowlist', allowedHosts: ['a.example'] }],
    ['', { networkMode: 'public', allowedHosts: [], os: 'linux' }],
  ])('environment %j', (toml, expected) => {
    expect(parse(`[environment]\n${toml}\n`).environment).toMatchObject(expected)
  })

  test('unknown keys are accepted, and so is CRLF', () => {
    expect(parse('x = 1\r\n[metadata]\r\ndifficulty = "hard"\r\n[agent]\r\ntimeout_sec = 5.5\r\n').schemaVersion).toBe(
      '1.0',
    )
  })

  test('the steps in order, the longest timeout of all', () => {
    const manifest = parse('[[steps]]\nname = "b"\n[steps.verifier]\ntimeout_sec = 900\n[[steps]]\nname = "a"\n')
    expect(manifest).toMatchObject({ steps: ['b', 'a'], verifierTimeoutMs: 900_000 })
  })
})

test.each([
  [
    'a network contradiction',
    '[environment]\nallowed_hosts = ["a"]\nnetwork_mode = "public"',
    /environment\.allowed_hosts: .*"public"/,
  ],
  [
    'shared with its own environment',
    '[verifier]\nenvironment_mode = "shared"\n[verifier.environment]\n',
    /verifier\.environment: expected none/,
  ],
  ['a size', '[environment]\nmemory = "lots"', /environment\.memory: expected a size such as "2G"/],
  ['a newer version', 'schema_version = "2.0"', /schema_version: expected one of 1\.0, 1\.1, 1\.2, 1\.3, found "2\.0"/],
  [
    'our own key',
    '[metadata.scriptbench]\nclutser = "x"',
    /metadata\.scriptbench\.clutser: unknown key; did you mean "cluster"/,
  ],
  ['a stratum', '[metadata.scriptbench]\nstratum = "lop"', /metadata\.scriptbench\.stratum: .*did you mean "loop"/],
  [
    'a glob that leads out',
    '[metadata.scriptbench]\nprotect = ["../x"]',
    /metadata\.scriptbench\.protect\[0\]: expected a glob/,
  ],
  [
    'a program with arguments',
    '[metadata.scriptbench]\nrequires = ["python3 -V"]',
    /requires\[0\]: expected the name of a program/,
  ],
  ['a step twice', '[[steps]]\nname = "a"\n[[steps]]\nname = "a"', /steps: "a" is a duplicate/],
  ['a step that leads out', '[[steps]]\nname = "../a"', /steps\[0\]\.name/],
  ['broken TOML', 'a = \nb = 1', /task\.toml:1:\d+: not valid TOML/],
])('%s is refused by name', (_what, toml, expected) => {
  expect(() => parse(toml)).toThrow(expected)
})

test('parsing any file gives a manifest or a UserError', () => {
  const line = fc.constantFrom(
    '[steps]',
    '[[steps]]',
    '[metadata]',
    'scriptbench = 1',
    'steps = [1]',
    '__proto__ = 1',
    '[environment]',
    'a = 2020-01-01',
    'os = []',
  )
  const text = fc.oneof(
    fc.string(),
    fc.array(line, { maxLength: 6 }).map(lines => lines.join('\n')),
  )
  fc.assert(
    fc.property(text, toml => {
      try {
        parse(toml)
      } catch (error) {
        expect(error).toHaveProperty('name', 'UserError')
      }
    }),
  )
})
