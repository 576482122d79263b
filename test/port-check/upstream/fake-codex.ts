import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'

/**
 * A stand-in for the real program, as far as it is spoken to: `exec` speaks the wire format of the Responses API and
 * answers every call by its own arguments; `app-server` answers searches, except for the pattern `silence`, and plays
 * turns in which a command is asked for and prints the answer to the question.
 */
interface Item {
  type: string
  call_id: string
  name: string
  arguments?: string
  input?: string
}

const [, , mode] = process.argv
if (mode === 'exec') await converse()
if (mode === 'app-server') serve()

async function converse(): Promise<void> {
  const input: object[] = [{ type: 'message', role: 'user' }]
  for (;;) {
    const calls = await callsFor(input)
    if (calls.length === 0) return
    for (const call of calls) input.push(call, answered(call))
  }
}

async function callsFor(input: readonly object[]): Promise<Item[]> {
  const config = readFileSync(`${process.env.CODEX_HOME}/config.toml`, 'utf8')
  const baseUrl = /^base_url = "(.*)"$/m.exec(config)?.[1]
  const body = JSON.stringify({ model: 'm', input, stream: true })
  const answer = await fetch(`${baseUrl}/responses`, { method: 'POST', body })
  return itemsOf(await answer.text()).filter(({ type }) => type.endsWith('_call'))
}

function itemsOf(stream: string): Item[] {
  const events = stream.split('\n\n').flatMap(event => {
    const data = /^data: (.*)$/m.exec(event)?.[1]
    return data === undefined ? [] : [JSON.parse(data) as { type: string; item?: Item }]
  })
  if (events.at(-1)?.type !== 'response.completed') throw new Error('the stream is not complete')
  return events.flatMap(({ item }) => item ?? [])
}

function answered({ type, call_id, name, arguments: args, input }: Item): object {
  const cwd = process.argv[process.argv.indexOf('-C') + 1]
  const output = name === 'read_file' ? `L1: ${args}` : `${name} in ${cwd}: ${args ?? input}`
  if (name === 'shell') {
    const path = `${(JSON.parse(args ?? '{}') as { workdir: string }).workdir}/out.txt`
    process.stdout.write(
      `${JSON.stringify({ type: 'item.completed', item: { type: 'file_change', changes: [{ path, kind: 'add' }] } })}\n`,
    )
  }
  return { type: `${type}_output`, call_id, output }
}

function serve(): void {
  let decide: (decision: string) => void = () => undefined
  createInterface({ input: process.stdin }).on('line', line => {
    const { id, method, params, result } = JSON.parse(line)
    if (method === undefined) decide(result.decision)
    else if (method === 'sendUserMessage') void playTurn(decision => (decide = decision))
    if (method === undefined || id === undefined) return
    if (method !== 'fuzzyFileSearch') send({ id, result: { conversationId: 'one' } })
    else if (params.query === 'silence') process.exit(1)
    else {
      const files = [{ root: params.roots[0], path: `${params.query}.txt`, file_name: 'x', score: 1, indices: [0] }]
      send({ id, result: { files } })
    }
  })
}

async function playTurn(onDecision: (decide: (decision: string) => void) => void): Promise<void> {
  const [call] = await callsFor([])
  const announce = (type: string, more: object = {}) =>
    send({ method: `codex/event/${type}`, params: { msg: { type, call_id: call?.call_id, ...more } } })
  announce('exec_command_begin', { command: [call?.name], cwd: process.cwd(), is_user_shell_command: false })
  announce('exec_approval_request', { command: [call?.name] })
  const decision = await new Promise<string>(resolve => {
    onDecision(resolve)
    send({ id: 0, method: 'execCommandApproval', params: {} })
  })
  const chunk = Buffer.from(decision).toString('base64')
  for (const part of [chunk, chunk]) announce('exec_command_output_delta', { stream: 'stdout', chunk: part })
  const texts = { stdout: decision, stderr: '', aggregated_output: decision, formatted_output: process.cwd() }
  announce('exec_command_end', { ...texts, exit_code: 0, duration: { secs: 1, nanos: 260_000_000 } })
  const output = `{"output":"","metadata":{"exit_code":0,"duration_seconds":1.3}}`
  await callsFor([{ type: 'function_call_output', call_id: call?.call_id, output }])
  announce('task_complete')
}

function send(message: object): void {
  process.stdout.write(`${JSON.stringify(message)}\n`)
}
