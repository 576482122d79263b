// Covers: os-sandbox/bubblewrap-remedy.ts, os-sandbox/find-program.ts, os-sandbox/find-python.ts
// Covers: os-sandbox/measure-spawn-overhead.ts, os-sandbox/probe-spawn.ts

import { chmod } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { bubblewrapRemedy, type MachineFacts } from '../../src/os-sandbox/bubblewrap-remedy.ts'
import { detectBubblewrap } from '../../src/os-sandbox/detect-bubblewrap.ts'
import { findProgram } from '../../src/os-sandbox/find-program.ts'
import { isPythonPrefix } from '../../src/os-sandbox/find-python.ts'
import { measureSpawnOverheadMs } from '../../src/os-sandbox/measure-spawn-overhead.ts'
import { folderWith, temporaryFolder } from '../helpers/folders.ts'
import { describeSandboxed } from '../helpers/sandbox.ts'

const FACTS: MachineFacts = {
  platform: 'linux',
  path: '/usr/bin/bwrap',
  stderr: 'bwrap: setting up uid map: Permission denied',
  isContainer: false,
  isAppArmorRestricted: false,
  areUserNamespacesOff: false,
}

describe('why bubblewrap does not work, and what to do', () => {
  test.each<[string, Partial<MachineFacts>, RegExp, RegExp]>([
    ['another system', { platform: 'darwin' }, /only on Linux; this machine runs darwin/, /virtual machine/],
    ['not installed', { path: undefined, stderr: '' }, /not installed/, /apt-get install bubblewrap/],
    ['too old', { stderr: 'bwrap: Unknown option --perms' }, /too old: bwrap: Unknown option --perms/, /0\.8 or newer/],
    [
      'Ubuntu',
      { isAppArmorRestricted: true },
      /AppArmor/,
      /apparmor_parser -r .*\n.*apparmor_restrict_unprivileged_userns=0/,
    ],
    ['switched off', { areUserNamespacesOff: true }, /disabled/, /sysctl -w user\.max_user_namespaces=15000/],
    ['a container', { isContainer: true }, /container/, /--security-opt seccomp=unconfined/],
    [
      'a container without a full /proc',
      { isContainer: true, stderr: "bwrap: Can't mount proc on /newroot/proc: Operation not permitted" },
      /container/,
      /systempaths=unconfined/,
    ],
    ['a refusal for no known reason', {}, /setting up uid map/, /unprivileged user namespaces/],
    ['something else', { stderr: 'bwrap: strange\nmore' }, /trial run .*\(bwrap: strange\)/, /--ro-bind \/ \/ true/],
    ['silence', { stderr: '' }, /no output/, /update bubblewrap/],
  ])('%s', (_, facts, reason, remedy) => {
    const told = bubblewrapRemedy({ ...FACTS, ...facts })
    expect(told.reason).toMatch(reason)
    expect(told.remedy).toMatch(remedy)
  })
})

describe('detectBubblewrap', () => {
  test('finds nothing on an empty PATH', async () => {
    expect(await detectBubblewrap(await temporaryFolder())).toMatchObject({ kind: 'broken' })
  })

  test('is not content with a program that is there and does not work', async () => {
    const folder = await folderWith({ bwrap: '#!/bin/sh\necho "bwrap: Unknown option --perms" >&2\nexit 1\n' })
    await chmod(join(folder, 'bwrap'), 0o755)
    const found = await detectBubblewrap(folder)
    expect(found.kind).toBe('broken')
    if (process.platform === 'linux') expect(found).toMatchObject({ reason: expect.stringContaining('too old') })
  })
})

describeSandboxed('on this machine', () => {
  test('bubblewrap works and reports its version', async () => {
    expect(await detectBubblewrap()).toMatchObject({ kind: 'works', version: expect.stringMatching(/^\d+\.\d+/) })
  })

  test('its cost a spawn can be measured', async () => {
    const overheadMs = await measureSpawnOverheadMs()
    expect(overheadMs).toBeGreaterThanOrEqual(0)
    expect(overheadMs).toBeLessThan(2_000)
  })
})

test('a program is found by absolute folders of a PATH only', async () => {
  const folder = await folderWith({ tool: '', data: '' })
  await chmod(join(folder, 'tool'), 0o755)
  expect(findProgram('tool', `relative::/nowhere:${folder}`)).toBe(join(folder, 'tool'))
  expect(findProgram('data', folder)).toBeUndefined()
})

test.each(['/', '/root', 'relative', '/nowhere'])('%s is never shown to commands as the home of Python', prefix => {
  expect(isPythonPrefix(prefix)).toBe(false)
})
