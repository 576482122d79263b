import { symlinkSync } from 'node:fs'
import { join, posix } from 'node:path'
import { z } from 'zod'
import { defined } from '../../base/defined.ts'
import type { JsonObject, JsonValue } from '../../contracts/json.ts'
import type { CaseFolder } from '../check/case-folder.ts'
import type { CaseRun, CorpusKind, PortCase } from '../corpus/corpus-kind.ts'
import { has, isUnstableIn } from '../kinds/case-fields.ts'
import { ARGUMENTS_REFUSED, readUpstreamArguments } from '../kinds/upstream-arguments.ts'
import { PortFault } from '../port/port-fault.ts'
import type { PortReply } from '../port/port-protocol.ts'
import { type ExecCase, type ExecGroup, execCase, execHeader } from './exec-case.ts'
import { expectedOf, observedOf } from './exec-outcome.ts'
import { type ExecEvent, type ExecSession, execEvents } from './exec-protocol.ts'
import { placesOf, type SessionPlaces } from './session-places.ts'

/** Names under which upstream's shell tool answers. */
const SHELL_TOOLS = ['shell', 'container.exec', 'local_shell']
const FIELDS = ['command', 'cwd', 'timeoutMs', 'withEscalatedPermissions', 'justification']
const CALL_TIMEOUT_MS = 60_000

/** The shell tool of 0.55: what it announces, asks and answers, call by call of a conversation. */
export const execKind: CorpusKind = {
  name: 'exec',
  tool: 'exec',
  corpora: ['exec', 'shell'],
  fits: line => has(line, 'group', 'events', 'model_output'),
  open(given) {
    const { groups, oracle } = execHeader.parse(given)
    return line => {
      const one = execCase.parse(line)
      const group = Object.hasOwn(groups, one.group) ? groups[one.group] : undefined
      if (group !== undefined || Object.keys(groups).length === 0) {
        return portCase(one, group ?? groupOf(one), Object.keys(oracle))
      }
      const message = `expected one of the header's groups (${Object.keys(groups).join(', ')}), got ${one.group}`
      throw new z.ZodError([{ code: 'custom', path: ['group'], message, input: one.group }])
    }
  },
}

/** For files without a header: an empty folder and the policies of the case itself. */
function groupOf({ approval, sandbox, decision, model }: ExecCase): ExecGroup {
  const config = { shell_environment_policy: {}, sandbox_workspace_write: {} }
  return { approval, sandbox, decision, model, config, env: {}, files: {} }
}

function portCase(one: ExecCase, group: ExecGroup, versions: string[]): PortCase {
  return {
    id: one.id,
    category: one.group,
    tags: [group.approval, ...(group.sandbox === 'danger-full-access' ? [] : ['confined'])],
    versions,
    isUnstable: isUnstableIn(one.unstable),
    outOfScope: () => (isShell(one) || isPatchTool(one) ? undefined : `a call of ${one.tool}, not of the shell`),
    session: one.group,
    timeoutMs: CALL_TIMEOUT_MS,
    async prepare(folder) {
      folder.write(group.files)
      // Upstream's working directory was called so, and calls go there by its name.
      if (posix.basename(folder.cwd) !== 'work') symlinkSync(folder.cwd, join(folder.root, 'work'))
    },
    async run({ folder, call }) {
      const places = placesOf(folder)
      const reply = await callShell(one, group, { folder, places, call })
      return { expected: expectedOf(one), observed: observedOf(reply, one, places.emptied) }
    },
  }
}

function isShell({ tool, kind }: ExecCase): boolean {
  return SHELL_TOOLS.includes(tool) && kind === 'function'
}

/** The freeform tool is the same as a call of the program of that name. */
function isPatchTool({ tool, kind, model, args }: ExecCase): boolean {
  return tool === 'apply_patch' && kind === 'custom' && typeof args === 'string' && isTextForm(model)
}

interface Conversation extends Pick<CaseRun, 'call'> {
  folder: CaseFolder
  places: SessionPlaces
}

async function callShell(one: ExecCase, group: ExecGroup, { folder, places, call }: Conversation): Promise<PortReply> {
  const text = places.filled(typeof one.args === 'string' ? one.args : JSON.stringify(one.args))
  const args = isPatchTool(one) ? { command: ['apply_patch', text] } : readUpstreamArguments('exec', text)
  if (args === undefined) return { ok: false, error: { code: 'invalid-arguments', message: ARGUMENTS_REFUSED } }
  const session = sessionOf(group, folder, places)
  const reply = await call({ tool: 'exec', args: ownArguments(args, folder.cwd), session: session as JsonObject })
  if (!reply.ok && reply.error.code === 'unavailable') throw new PortFault('not-run', reply.error.message)
  if (!reply.ok && reply.error.code === 'invalid-arguments' && !isSaidByUpstream(reply.error.message)) {
    return { ok: false, error: { code: 'invalid-arguments', message: ARGUMENTS_REFUSED } }
  }
  if (group.decision === 'approved_for_session') for (const key of keysOf(reply)) places.allowed.add(key)
  return reply
}

/** For anything else that is wrong with arguments, upstream shows the words of its JSON parser. */
function isSaidByUpstream(message: string): boolean {
  return /^(?:command args are empty|apply_patch verification failed|patch rejected|patch detected)/.test(message)
}

/** Fields that upstream does not know it passes over; a relative folder starts from the session's. */
function ownArguments(args: JsonValue, cwd: string): JsonValue {
  if (args === null || typeof args !== 'object' || Array.isArray(args)) return args
  const known = Object.fromEntries(Object.entries(args).filter(([name]) => FIELDS.includes(name)))
  if (typeof known.cwd === 'string' && !posix.isAbsolute(known.cwd)) known.cwd = `${cwd}/${known.cwd}`
  if (typeof known.timeoutMs === 'number') known.timeoutMs = Math.min(known.timeoutMs, Number.MAX_SAFE_INTEGER)
  return known
}

function sessionOf(group: ExecGroup, folder: CaseFolder, places: SessionPlaces): ExecSession {
  const { shell_environment_policy: environment, sandbox_workspace_write: writable } = group.config
  const isSlashTmpExcluded = writable.exclude_slash_tmp ?? false
  return {
    approval: group.approval,
    sandbox: group.sandbox,
    decision: group.decision,
    // Upstream's root lay in /tmp.
    writableRoots: [
      ...(writable.writable_roots ?? []).map(places.filled),
      ...(isSlashTmpExcluded ? [] : [folder.root]),
    ],
    hasNetwork: writable.network_access ?? false,
    isTmpdirExcluded: writable.exclude_tmpdir_env_var ?? false,
    isSlashTmpExcluded,
    variables: {
      PATH: `${places.arg0Dir}:/usr/local/bin:/usr/bin:/bin`,
      HOME: places.home,
      CODEX_HOME: places.home,
      LANG: 'C.UTF-8',
      ...group.env,
    },
    environmentPolicy: {
      ...defined({ inherit: environment.inherit }),
      ...(environment.ignore_default_excludes && { ignoresDefaultExcludes: true }),
      ...(environment.exclude && { exclude: environment.exclude }),
      ...(environment.set && { set: environment.set }),
      ...(environment.include_only && { includeOnly: environment.include_only }),
    },
    allowed: [...places.allowed],
    form: isTextForm(group.model) ? 'text' : 'json',
  }
}

/** Models with the freeform patch tool are shown results as text. */
function isTextForm(model: string): boolean {
  return /^(?:gpt-5-codex|codex-)/.test(model) && !model.startsWith('codex-mini')
}

function keysOf({ events }: PortReply): string[] {
  const read = execEvents.safeParse(events ?? [])
  const asked = read.success ? read.data.filter(event => event.type === 'approval') : []
  return asked.flatMap((event: ExecEvent) => (event.type === 'approval' && event.key !== undefined ? [event.key] : []))
}
