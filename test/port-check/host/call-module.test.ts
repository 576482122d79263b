// Covers: port-check/host/built-in-port.ts, port-check/host/run-exec.ts
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { asObject } from '../../../src/base/json-fields.ts'
import type { ExecSession } from '../../../src/port-check/exec/exec-protocol.ts'
import * as builtIn from '../../../src/port-check/host/built-in-port.ts'
import { callModule } from '../../../src/port-check/host/call-module.ts'
import type { PortModule } from '../../../src/port-check/host/port-module.ts'
import type { PortRequest } from '../../../src/port-check/port/port-protocol.ts'
import { createFolder } from '../../helpers/run-cli.ts'

const { createTools, ...rules } = builtIn
const OURS: PortModule = { tools: createTools, ...rules }
const PATCH = '*** Begin Patch\n*** Add File: new.txt\n+new\n*** End Patch\n'

async function call(tool: PortRequest['tool'], args: PortRequest['args'], rest: Partial<PortRequest> = {}) {
  const cwd = await createFolder({ 'a.txt': 'one\ntwo\n' })
  return { cwd, reply: await callModule(OURS, { tool, profile: '0.55', cwd, args, ...rest }) }
}

const SESSION: ExecSession = {
  ...{ approval: 'never', sandbox: 'danger-full-access', decision: 'denied', form: 'text' },
  ...{ writableRoots: [], hasNetwork: false, isTmpdirExcluded: false, isSlashTmpExcluded: false },
  ...{ variables: { PATH: process.env.PATH ?? '', MARK: 'seen' }, environmentPolicy: { inherit: 'all' }, allowed: [] },
}

test('a tool runs in the folder, its text under the output rules', async () => {
  const { cwd } = await call('listDir', { dirPath: '/' })
  const reply = await callModule(OURS, { tool: 'listDir', profile: '0.55', cwd, args: { dirPath: cwd } })
  expect(reply).toMatchObject({ ok: true, text: expect.stringContaining('a.txt'), isCapped: true })
})

test('arguments that do not fit are refused, and an unknown file is a failure of the tool', async () => {
  expect((await call('listDir', { dirPath: 7 })).reply).toMatchObject({
    ok: false,
    error: { code: 'invalid-arguments' },
  })
  expect((await call('listDir', { dirPath: '/no/such/folder' })).reply).toMatchObject({ ok: false })
})

test('the standalone program and a patch in a shell command change the folder', async () => {
  const program = await call('applyPatchProgram', { args: [PATCH], stdin: '' })
  expect(program.reply).toMatchObject({ ok: true, result: { exitCode: 0 } })
  expect(readFileSync(join(program.cwd, 'new.txt'), 'utf8')).toBe('new\n')
  const heredoc = await call('heredoc', { command: ['bash', '-lc', `apply_patch <<'EOF'\n${PATCH}EOF`] })
  expect(heredoc.reply).toEqual({ ok: true, result: { kind: 'patch' } })
  expect(readFileSync(join(heredoc.cwd, 'new.txt'), 'utf8')).toBe('new\n')
  expect((await call('heredoc', { command: ['ls'] })).reply).toMatchObject({ ok: true, result: { kind: 'plain' } })
})

test('exec gives result, text and what happened on the way', async () => {
  const args = { command: ['sh', '-c', 'echo "$MARK"; echo bad >&2; exit 3'] }
  const { reply } = await call('exec', args, { session: SESSION as unknown as NonNullable<PortRequest['session']> })
  expect(reply).toMatchObject({ ok: true, result: { exitCode: 3 }, text: expect.stringContaining('seen') })
  const events = (reply.events ?? []).map(asObject)
  expect(new Set(events.map(({ type, stream }) => stream ?? type))).toEqual(new Set(['stdout', 'stderr', 'formatted']))
})

test('a question is answered as the session says', async () => {
  const session = { ...SESSION, approval: 'untrusted' } as unknown as NonNullable<PortRequest['session']>
  const { reply } = await call('exec', { command: ['touch', 'made'] }, { session })
  expect(reply).toMatchObject({ ok: false, events: [{ type: 'approval', isPatch: false }] })
})

test('a tool that the module lacks is not offered', async () => {
  const none: PortModule = { tools: () => [] }
  for (const tool of ['listDir', 'applyPatchProgram', 'heredoc'] as const) {
    expect(await callModule(none, { tool, profile: '0.169', cwd: '/', args: {} })).toMatchObject({
      ok: false,
      error: { message: `the port has no ${tool}` },
    })
  }
})
