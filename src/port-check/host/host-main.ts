import { createWriteStream } from 'node:fs'
import { flushCompileCache } from 'node:module'
import { errorText } from '../../base/error-text.ts'
import { eachLine } from '../each-line.ts'
import type { PortProfile, PortReply, PortRequest } from '../port/port-protocol.ts'
import { callModule } from './call-module.ts'
import { locateTools, type ToolFiles } from './locate-tools.ts'
import { loadPortModule, type PortModule } from './port-module.ts'

/** A child process with one port module: one request per line on standard input, one reply per line on this descriptor. */
const REPLIES_FD = 3
const NOBODY = 65_534

const replies = createWriteStream('', { fd: REPLIES_FD })
const [, , file = ''] = process.argv

const port = await loadPortModule(file).catch((error: unknown) => {
  answer({ failed: errorText(error) })
  return undefined
})
if (port !== undefined) {
  // Those that replace this process start faster.
  flushCompileCache()
  answer({ ready: true })
  eachLine(process.stdin, async line => {
    const asked = JSON.parse(line) as PortRequest | { locate: PortProfile }
    answer('locate' in asked ? await located(port, asked.locate) : await perform(port, asked))
  })
  process.stdin.once('end', () => replies.end())
} else replies.end()

function answer(message: unknown): void {
  replies.write(`${JSON.stringify(message)}\n`)
}

async function located(module: PortModule, profile: PortProfile): Promise<ToolFiles> {
  return locateTools(module, profile).catch(() => ({}))
}

async function perform(module: PortModule, request: PortRequest): Promise<PortReply | { thrown: string }> {
  const before = Object.keys(request.env ?? {}).map(name => [name, process.env[name]] as const)
  try {
    enter(request.cwd)
    Object.assign(process.env, request.env)
    if (request.user === 'nobody') dropRights()
    return await callModule(module, request)
  } catch (error) {
    return { thrown: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  } finally {
    takeRightsBack()
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name]
      else process.env[name] = value
    }
  }
}

/** As good as it gets: a folder that is not there is a case too. */
function enter(folder: string): void {
  try {
    process.chdir(folder)
  } catch {
    process.chdir('/')
  }
}

/** Only root can give up what only root has. */
function dropRights(): void {
  if (process.getuid?.() !== 0) return
  process.setegid?.(NOBODY)
  process.seteuid?.(NOBODY)
}

function takeRightsBack(): void {
  if (process.getuid?.() !== 0) return
  process.seteuid?.(0)
  process.setegid?.(0)
}
