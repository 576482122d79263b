import { existsSync, lstatSync, readlinkSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import type { SandboxPolicy } from '../contracts/os-sandbox.ts'
import { NODE_IN_SANDBOX } from './sandbox-environment.ts'
import { gitPaths, type HostWritable } from './writable-roots.ts'

/**
 * What a confined process sees. `task`: /usr, the harness's Node, the workspace. `verifier`: the same with the hidden
 * tests and a folder for the verdict. `host`: this whole machine, as Codex has it: all of it to be read, and under
 * `workspace-write` the workspace, the temporary folders and further roots to be written, but for their `.git`.
 */
export type SandboxView =
  | { kind: 'task' }
  | { kind: 'verifier'; testsDir: string; logsDir: string }
  | ({ kind: 'host'; hasNetwork?: boolean } & HostWritable)

export interface BubblewrapMounts {
  view: SandboxView
  policy: SandboxPolicy
  hostRoot: string
  guestRoot: string
  pythonPrefix?: string | undefined
  /** In the `host` view: the folders that can be written. */
  roots?: readonly string[]
}

/** Own namespaces, no capabilities, death with the harness, no terminal. */
const ISOLATION = ['--unshare-all', '--unshare-user', '--cap-drop', 'ALL']
/** An unprivileged user whatever the harness runs as. */
const AGENT = ['--uid', '1000', '--gid', '1000']
const LIFE = ['--die-with-parent', '--new-session']

/** A harness run by root stays the kernel's root in here: these would let it reconfigure the machine. */
const PROC_READ_ONLY = ['sys', 'sysrq-trigger', 'fs', 'acpi', 'scsi', 'mtrr', 'irq', 'bus', 'dynamic_debug']

const ETC_FILES = ['ld.so.cache', 'ld.so.conf', 'ld.so.conf.d', 'alternatives']
const SCRATCH_BYTES_MAX = String(1024 * 1024 * 1024)

/** The descriptor of bubblewrap's `--info-fd` report; the generated files come on those after it, in order. */
export const REPORT_DESCRIPTOR = 3

export const GENERATED_FILES = [
  { path: '/etc/passwd', content: 'root:x:0:0:root:/root:/bin/sh\nagent:x:1000:1000:agent:/tmp:/bin/bash\n' },
  { path: '/etc/group', content: 'root:x:0:\nagent:x:1000:\n' },
  { path: '/etc/hosts', content: '127.0.0.1 localhost\n' },
] as const

/** Bubblewrap's arguments up to the command. */
export function bubblewrapArguments(mounts: BubblewrapMounts): string[] {
  const report = ['--info-fd', String(REPORT_DESCRIPTOR)]
  const isHost = mounts.view.kind === 'host'
  const visible = isHost ? hostView(mounts) : ownView(mounts)
  return [...ISOLATION, ...(isHost ? [] : AGENT), ...networkOf(mounts), ...LIFE, ...report, ...visible]
}

function networkOf({ view }: BubblewrapMounts): string[] {
  return view.kind === 'host' && view.hasNetwork ? ['--share-net'] : []
}

function ownView({ view, policy, hostRoot, guestRoot, pythonPrefix }: BubblewrapMounts): string[] {
  const workspace = [policy === 'read-only' ? '--ro-bind' : '--bind', hostRoot, guestRoot]
  const verifier =
    view.kind === 'verifier' ? ['--ro-bind', view.testsDir, '/tests', '--bind', view.logsDir, '/logs'] : []
  return [
    ...['--hostname', 'sandbox', '--ro-bind', '/usr', '/usr'],
    ...['/bin', '/sbin', '/lib', '/lib32', '/lib64', '/libx32'].flatMap(asOnHost),
    ...ETC_FILES.flatMap(name => ['--ro-bind-try', join('/etc', name), join('/etc', name)]),
    ...GENERATED_FILES.flatMap(({ path }, index) => [
      ...['--perms', '0644', '--file', String(REPORT_DESCRIPTOR + 1 + index), path],
    ]),
    ...['--ro-bind', realpathSync(process.execPath), NODE_IN_SANDBOX],
    ...(pythonPrefix === undefined ? [] : ['--ro-bind', pythonPrefix, pythonPrefix]),
    ...processesAndDevices(),
    ...['--size', SCRATCH_BYTES_MAX, '--perms', '1777', '--tmpfs', '/tmp'],
    ...workspace,
    ...verifier,
    ...['--remount-ro', '/'],
  ]
}

function hostView({ policy, hostRoot, guestRoot, roots = [] }: BubblewrapMounts): string[] {
  const writable = policy === 'read-only' ? [] : roots
  return [
    ...['--ro-bind', '/', '/'],
    ...processesAndDevices(),
    // Again, should it lie where something was just mounted, as in /dev/shm.
    ...['--ro-bind', hostRoot, hostRoot],
    ...writable.flatMap(root => ['--bind', root, root]),
    ...(guestRoot === hostRoot ? [] : [policy === 'read-only' ? '--ro-bind' : '--bind', hostRoot, guestRoot]),
    ...writable.flatMap(gitPaths).flatMap(path => ['--ro-bind', path, path]),
  ]
}

/** A merged /usr has links here, an unmerged one folders. */
function asOnHost(path: string): string[] {
  const found = lstatSync(path, { throwIfNoEntry: false })
  if (found === undefined) return []
  return found.isSymbolicLink() ? ['--symlink', readlinkSync(path), path] : ['--ro-bind', path, path]
}

function processesAndDevices(): string[] {
  const covered = PROC_READ_ONLY.map(name => join('/proc', name)).filter(path => existsSync(path))
  return [
    ...['--proc', '/proc'],
    ...covered.flatMap(path => ['--ro-bind', path, path]),
    ...['--dev', '/dev', '--size', SCRATCH_BYTES_MAX, '--perms', '1777', '--tmpfs', '/dev/shm', '--remount-ro', '/dev'],
  ]
}
