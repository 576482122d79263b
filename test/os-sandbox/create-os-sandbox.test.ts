// Covers: os-sandbox/bubblewrap-start-failure.ts, os-sandbox/confined-plan.ts, os-sandbox/sandbox-environment.ts

import { readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createOsSandbox, type OsSandboxOptions } from '../../src/os-sandbox/create-os-sandbox.ts'
import { createWorkspaceView } from '../../src/workspace/workspace-view.ts'
import { osSandboxContract, runIn, type SandboxUnderTest, text } from '../contract/os-sandbox.ts'
import { folderWith, temporaryFolder } from '../helpers/folders.ts'
import { describeSandboxed } from '../helpers/sandbox.ts'

async function bare(options: Partial<OsSandboxOptions> = {}): Promise<SandboxUnderTest> {
  const folder = await temporaryFolder()
  const workspace = createWorkspaceView({ hostRoot: folder, guestRoot: folder })
  const defaults = { mechanism: 'none', policy: 'workspace-write', view: { kind: 'task' }, spawnOverheadMs: 0 } as const
  return { workspace, sandbox: createOsSandbox({ ...defaults, workspace, ...options }) }
}

async function confined(options: Partial<OsSandboxOptions> = {}): Promise<SandboxUnderTest> {
  const workspace = createWorkspaceView({ hostRoot: await temporaryFolder(), guestRoot: '/workspace' })
  const defaults = {
    mechanism: 'bubblewrap',
    policy: 'workspace-write',
    view: { kind: 'task' },
    spawnOverheadMs: 5,
  } as const
  return { workspace, sandbox: createOsSandbox({ ...defaults, workspace, ...options }) }
}

const shell = async (under: SandboxUnderTest, script: string) =>
  text((await runIn(under, ['bash', '-c', `${script} 2>&1`])).aggregated)

describe('without a mechanism', () => {
  osSandboxContract(bare)

  test('says so and adds no time', async () => {
    const under = await bare({ spawnOverheadMs: 5 })
    expect(under.sandbox.mechanism).toBe('none')
    expect((await runIn(under, ['true'])).sandboxMs).toBe(0)
  })

  test('a working directory outside the workspace is refused', async () => {
    expect((await runIn(await bare(), ['true'], { cwd: '/' })).end).toMatchObject({ kind: 'spawn-failed' })
  })
})

describeSandboxed('under bubblewrap', () => {
  osSandboxContract(confined)

  test('reports the calibrated cost of its own', async () => {
    expect((await runIn(await confined(), ['true'])).sandboxMs).toBe(5)
  })

  test.each([
    ['/etc/shadow', '/etc/shadow'],
    ["the user's home", homedir()],
    ['its keys', join(homedir(), '.ssh')],
    ["the harness's folder", process.cwd()],
    ['mounted disks', '/mnt'],
    ['services', '/run'],
  ])('%s cannot be read', async (_, path) => {
    expect(await shell(await confined(), `ls -d ${path}`)).toContain('No such file or directory')
  })

  test('no command line inside names a folder of the host', async () => {
    const under = await confined()
    const lines = await shell(under, 'cat /proc/[0-9]*/cmdline | tr "\\0" " "')
    expect(lines).toContain('bwrap')
    expect(lines).not.toContain(under.workspace.hostRoot)
    expect(lines).not.toContain(process.cwd())
  })

  test.each(['/new', '/usr/new', '/etc/new', '/dev/new', '/opt/new'])('%s cannot be written', async path => {
    expect(await shell(await confined(), `touch ${path}`)).toMatch(/Read-only file system|Permission denied/)
  })

  test('the workspace and /tmp can be written, and /tmp is empty at each run', async () => {
    const under = await confined()
    expect(await shell(under, 'touch /tmp/kept a && ls -A /tmp')).toBe('kept\n')
    expect(await shell(under, 'ls -A /tmp; ls')).toBe('a\n')
  })

  test('a symlink in the workspace leads nowhere but into the sandbox', async () => {
    const secret = join(await folderWith({ secret: 'of the host' }), 'secret')
    expect(await shell(await confined(), `ln -s ${secret} link && cat link`)).toContain('No such file or directory')
  })

  test('has no network, not even to this machine', async () => {
    const server = createServer((_, response) => response.end('reached')).listen(0, '127.0.0.1')
    onTestFinished(() => void server.close())
    await new Promise(resolve => server.once('listening', resolve))
    const { port } = server.address() as AddressInfo
    const script = `exec 3<>/dev/tcp/127.0.0.1/${port}`
    expect(await shell(await confined(), script)).toContain('Connection refused')
    expect(await shell(await confined(), 'cat /proc/net/dev | tail -n +3 | cut -d: -f1')).toBe('    lo\n')
  })

  test('no other process is seen, and none can be signalled', async () => {
    const under = await confined()
    expect(await shell(under, 'ls -d /proc/[0-9]* | wc -l')).toMatch(/^[345]\n$/)
    expect(await shell(under, `kill -0 ${process.pid}`)).toContain('No such process')
  })

  test('it runs as an ordinary user without any capability, whoever runs the harness', async () => {
    expect(await shell(await confined(), 'id -u; id -un; grep CapEff /proc/self/status')).toBe(
      '1000\nagent\nCapEff:\t0000000000000000\n',
    )
  })

  test('the settings of the kernel cannot be changed', async () => {
    const before = await readFile('/proc/sys/kernel/core_pattern', 'utf8')
    const writable = `find /proc -maxdepth 1 -type f -writable; find /proc/sys /proc/fs /proc/irq -type f -writable`
    expect(await shell(await confined(), `(${writable}) 2>/dev/null`)).toBe('')
    expect(await readFile('/proc/sys/kernel/core_pattern', 'utf8')).toBe(before)
  })

  test('the policy read-only keeps the workspace as it is', async () => {
    const under = await confined({ policy: 'read-only' })
    expect(await shell(under, 'touch a')).toContain('Read-only file system')
  })

  test('the policy danger-full-access is not a sandbox, and says so', async () => {
    const under = await confined({ policy: 'danger-full-access' })
    expect(under.sandbox.mechanism).toBe('none')
    expect(await shell(under, 'pwd')).toBe(`${under.workspace.hostRoot}\n`)
  })

  test('an escalated process runs outside, in the same folder', async () => {
    const under = await confined()
    const result = await runIn(under, ['pwd'], { escalated: true })
    expect(text(result.stdout)).toBe(`${under.workspace.hostRoot}\n`)
    expect(result.sandboxMs).toBe(0)
  })

  test('the verifier sees the tests, cannot change them, and leaves its verdict', async () => {
    const testsDir = await folderWith({ 'test.sh': 'echo 1 > /logs/reward.txt; echo x > /tests/test.sh' })
    const logsDir = await temporaryFolder()
    const under = await confined({ view: { kind: 'verifier', testsDir, logsDir } })
    expect(await shell(under, 'bash /tests/test.sh')).toContain('Read-only file system')
    expect(await readFile(join(logsDir, 'reward.txt'), 'utf8')).toBe('1\n')
  })

  test('the task view has neither tests nor logs', async () => {
    expect(await shell(await confined(), 'ls -d /tests /logs /solution')).toContain("cannot access '/tests'")
  })

  test('the host view reads everything and writes only where it is allowed', async () => {
    const folder = await temporaryFolder()
    const elsewhere = await folderWith({ file: 'readable' })
    const workspace = createWorkspaceView({ hostRoot: folder, guestRoot: folder })
    const under = await confined({ workspace, view: { kind: 'host' }, policy: 'read-only' })
    under.workspace = workspace
    expect(await shell(under, `cat ${elsewhere}/file; touch ${elsewhere}/new ${folder}/new`)).toMatch(
      /^readable(touch: .*Read-only file system\n){2}$/,
    )
    const writing = { workspace, sandbox: (await confined({ workspace, view: { kind: 'host' } })).sandbox }
    expect(await shell(writing, 'touch new; ls')).toBe('new\n')
  })

  test("the host view keeps a repository's own folder", async () => {
    const folder = await folderWith({ '.git/config': 'mine' })
    const workspace = createWorkspaceView({ hostRoot: folder, guestRoot: folder })
    const { sandbox } = await confined({ workspace, view: { kind: 'host' } })
    expect(await shell({ workspace, sandbox }, 'echo x > .git/config')).toContain('Read-only file system')
  })

  test('the host view can write further folders, and no temporary ones where they are left out', async () => {
    const folder = await temporaryFolder()
    const other = await folderWith({ '.git/config': 'theirs' })
    const workspace = createWorkspaceView({ hostRoot: folder, guestRoot: folder })
    const view = { kind: 'host', writableRoots: [other], isSlashTmpExcluded: true, isTmpdirExcluded: true } as const
    const { sandbox } = await confined({ workspace, view })
    const script = `touch ${other}/new; touch new; touch /tmp/never-made ${other}/.git/x; ls ${other} .`
    expect(await shell({ workspace, sandbox }, `(${script})`)).toMatch(
      /^(touch: .*Read-only file system\n){2}\.:\nnew\n\n\S+:\nnew\n$/,
    )
  })

  test('the host view passes on what the policy leaves, and says that there is no network', async () => {
    const folder = await temporaryFolder()
    const workspace = createWorkspaceView({ hostRoot: folder, guestRoot: folder })
    const environment = { PATH: process.env.PATH, A: '1', B: '2', A_TOKEN: '3' }
    const options = { workspace, environment, environmentPolicy: { exclude: ['B'] } }
    const env = 'env | grep -E "^(A|B|A_TOKEN|CODEX_SANDBOX_NETWORK_DISABLED)="'
    const { sandbox } = await confined({ ...options, view: { kind: 'host' } })
    const offline = await shell({ workspace, sandbox }, env)
    expect(offline.split('\n').sort()).toEqual(['', 'A=1', 'CODEX_SANDBOX_NETWORK_DISABLED=1'])
    const connected = await confined({ ...options, view: { kind: 'host', hasNetwork: true } })
    expect(await shell({ workspace, sandbox: connected.sandbox }, env)).toBe('A=1\n')
  })

  test('the host view keeps the user', async () => {
    const folder = await temporaryFolder()
    const workspace = createWorkspaceView({ hostRoot: folder, guestRoot: folder })
    const { sandbox } = await confined({ workspace, view: { kind: 'host' } })
    expect(await shell({ workspace, sandbox }, 'id -u; id')).toMatch(new RegExp(`^${process.getuid?.()}\n`))
  })

  test('a command cannot pass for a sandbox that did not start', async () => {
    const result = await runIn(await confined(), ['sh', '-c', 'echo said; echo "bwrap: execvp x: Nope" >&2; exit 1'])
    expect(result.end).toEqual({ kind: 'exited', exitCode: 1 })
  })

  test('servers on localhost work inside', async () => {
    const script = `const s = require('http').createServer((_, r) => r.end('hi')).listen(0, 'localhost', async () => {
      console.log(await (await fetch('http://localhost:' + s.address().port)).text()); s.close() })`
    const under = await confined()
    await writeFile(join(under.workspace.hostRoot, 'serve.cjs'), script)
    expect(await shell(under, 'node serve.cjs')).toBe('hi\n')
  })
})
