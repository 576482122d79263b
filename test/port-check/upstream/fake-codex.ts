import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'

/**
 * A stand-in for the real program, as far as it is spoken to: `exec` speaks the wire format of the Responses API and
 * answers every call by its own arguments; `app-server` answers searches, except for the pattern `silence`.
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
  const config = readFileSync(`${process.env.CODEX_HOME}/config.toml`, 'utf8')
  const baseUrl = /^base_url = "(.*)"$/m.exec(config)?.[1]
  const input: object[] = [{ type: 'message', role: 'user' }]
  for (;;) {
    const body = JSON.stringify({ model: 'm', input, stream: true })
    const answer = await fetch(`${baseUrl}/responses`, { method: 'POST', body })
    const items = itemsOf(await answer.text())
    const calls = items.filter(({ type }) => type.endsWith('_call'))
    if (calls.length === 0) return
    for (const call of calls) input.push(call, answered(call))
  }
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
  createInterface({ input: process.stdin }).on('line', line => {
    const { id, method, params } = JSON.parse(line)
    if (id === undefined) return
    if (method === 'initialize') process.stdout.write(`${JSON.stringify({ id, result: {} })}\n`)
    else if (params.query === 'silence') process.exit(1)
    else {
      const files = [{ root: params.roots[0], path: `${params.query}.txt`, file_name: 'x', score: 1, indices: [0] }]
      process.stdout.write(`${JSON.stringify({ id, result: { files } })}\n`)
    }
  })
}
