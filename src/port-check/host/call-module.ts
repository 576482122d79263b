import { posix } from 'node:path'
import { performance } from 'node:perf_hooks'
import { z } from 'zod'
import type { Clock } from '../../contracts/clock.ts'
import type { JsonValue } from '../../contracts/json.ts'
import type { ToolContext } from '../../contracts/tool.ts'
import { createOsSandbox } from '../../os-sandbox/create-os-sandbox.ts'
import type { AnyTool } from '../../tools/toolbox/toolbox.ts'
import { bytesSchema } from '../kinds/patch-case.ts'
import { ARGUMENTS_REFUSED } from '../kinds/upstream-arguments.ts'
import { NOT_OFFERED, type PortReply, type PortRequest } from '../port/port-protocol.ts'
import { createHostView } from './host-view.ts'
import type { PortModule } from './port-module.ts'
import { runExec } from './run-exec.ts'

/** Performs one call on a port module, in this process. */
export async function callModule(port: PortModule, request: PortRequest): Promise<PortReply> {
  if (request.tool === 'applyPatchProgram') return runProgram(port, request)
  if (request.tool === 'heredoc') return recognise(port, request)
  const tool = port.tools(request.profile).find(({ name }) => name === request.tool)
  if (tool === undefined) return notOffered(request.tool)
  return request.tool === 'exec' ? runExec(tool, { port, request, clock: hostClock }) : runTool(tool, request, port)
}

async function runTool(tool: AnyTool, request: PortRequest, port: PortModule): Promise<PortReply> {
  const parsed = tool.input.safeParse(request.args)
  if (!parsed.success) return refused(ARGUMENTS_REFUSED + parsed.error.message)
  const ran = await tool.run(parsed.data, toolContext(request.cwd))
  if (!ran.ok) return { ok: false, error: { code: ran.error.code, message: ran.error.message } }
  const text = tool.render(ran.value)
  const result = ran.value as JsonValue
  if (!port.truncateOutput) return { ok: true, result, text }
  return { ok: true, result, text: port.truncateOutput(text, request.profile), isCapped: true }
}

const programArguments = z.object({ args: z.array(bytesSchema), stdin: bytesSchema })

async function runProgram(port: PortModule, { args: given, cwd, profile }: PortRequest): Promise<PortReply> {
  if (!port.runStandaloneProgram) return notOffered('applyPatchProgram')
  const { args, stdin } = programArguments.parse(given)
  const bytes = (text: z.infer<typeof bytesSchema>) =>
    typeof text === 'string' ? Buffer.from(text) : Buffer.from(text.b64, 'base64')
  const { exitCode, stdout, stderr } = await port.runStandaloneProgram({
    args: args.map(bytes),
    stdin: bytes(stdin),
    cwd,
    profile,
  })
  return { ok: true, result: { exitCode, stdout, stderr } }
}

/** A patch is applied, as the session would; anything else is not run. */
async function recognise(port: PortModule, request: PortRequest): Promise<PortReply> {
  const { profile, cwd } = request
  const applyPatch = port.tools(profile).find(({ name }) => name === 'applyPatch')
  if (!port.analyseShellCommand || applyPatch === undefined) return notOffered('heredoc')
  const { command } = z.object({ command: z.array(z.string()) }).parse(request.args)
  const analysis = await port.analyseShellCommand(command, profile)
  if (analysis.kind !== 'patch') return { ok: true, result: { ...analysis } }
  const folder = posix.resolve(cwd, analysis.cwd ?? '')
  const applied = await runTool(applyPatch, { ...request, cwd: folder, args: { patch: analysis.patch } }, port)
  return applied.ok ? { ok: true, result: { kind: 'patch' } } : applied
}

function toolContext(cwd: string): ToolContext {
  const workspace = createHostView(cwd)
  const policy = 'danger-full-access'
  return {
    workspace,
    sandbox: createOsSandbox({ mechanism: 'none', policy, workspace, view: { kind: 'host' }, spawnOverheadMs: 0 }),
    clock: hostClock,
    signal: new AbortController().signal,
    note: () => undefined,
  }
}

const hostClock: Clock = {
  nowMs: () => performance.now(),
  date: () => new Date(),
  sleep: durationMs => new Promise(resolve => setTimeout(resolve, durationMs)),
}

function refused(message: string): PortReply {
  return { ok: false, error: { code: 'invalid-arguments', message } }
}

function notOffered(tool: string): PortReply {
  return { ok: false, error: { code: NOT_OFFERED, message: `the port has no ${tool}` } }
}
