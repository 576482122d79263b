import { tmpdir } from 'node:os'
import { delimiter, dirname } from 'node:path'
import type { SandboxPolicy } from '../contracts/os-sandbox.ts'
import type { SandboxView } from './bubblewrap-arguments.ts'

/** The same for every command on every machine, so that two trials differ by their commands alone. */
const FIXED = {
  LANG: 'C.UTF-8',
  TZ: 'UTC',
  TERM: 'dumb',
  CI: '1',
  NO_COLOR: '1',
  PAGER: 'cat',
  GIT_PAGER: 'cat',
  GIT_CONFIG_NOSYSTEM: '1',
}

export const NODE_IN_SANDBOX = '/opt/node/bin/node'

const SANDBOX_PATH = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin']

/** Names that are never passed on, whoever set them. */
const SECRET_NAME = /KEY|SECRET|TOKEN|PASSWORD|CREDENTIAL/i

/** For commands inside bubblewrap: nothing of this machine's environment. */
export function confinedEnvironment(foldersOnPath: readonly string[] = []): Record<string, string> {
  const path = [dirname(NODE_IN_SANDBOX), ...foldersOnPath, ...SANDBOX_PATH].join(':')
  return { ...FIXED, PATH: path, HOME: '/tmp', TMPDIR: '/tmp', USER: 'agent', LOGNAME: 'agent', SHELL: '/bin/bash' }
}

/** For commands on the bare machine: its PATH (the harness's own Node first) and nothing else of it. */
export function bareEnvironment(host: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const path = [dirname(process.execPath), host.PATH ?? SANDBOX_PATH.join(':')].join(delimiter)
  return { ...FIXED, PATH: path, HOME: tmpdir(), TMPDIR: tmpdir(), SHELL: '/bin/bash' }
}

export function withoutSecrets(variables: Readonly<Record<string, string>> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(variables).filter(([name]) => !SECRET_NAME.test(name)))
}

/** How Codex tells a command, confined or escalated, that its policy gives it no network; only the `host` view does. */
export function networkVariable(view: SandboxView, policy: SandboxPolicy): Record<string, string> {
  const isOffline = view.kind === 'host' && policy !== 'danger-full-access' && !view.hasNetwork
  return isOffline ? { CODEX_SANDBOX_NETWORK_DISABLED: '1' } : {}
}
