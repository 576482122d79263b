import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { eachLine } from '../each-line.ts'
import type { ToolFiles } from '../host/locate-tools.ts'
import { PortFault } from './port-fault.ts'
import { PORT_TOOLS, type PortProfile, type PortReply, type PortRequest } from './port-protocol.ts'
import { readReply } from './read-reply.ts'
import { watchProcess } from './watched-process.ts'

const HOST_FILE = fileURLToPath(
  new URL(`../host/host-main${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url),
)
const HEAP_MEGABYTES_MAX = 1024
const START_TIMEOUT_MS = 60_000
const REPLIES_FD = 3

/** A child process with one port module in it; performs one call at a time. */
export interface HostProcess {
  /** Rejects with a `PortFault`; the process may have ended then. */
  call(request: PortRequest, timeoutMs: number): Promise<PortReply>
  /** The files that the module's tools are written in, as far as they are known. */
  locate(profile: PortProfile): Promise<ToolFiles>
  isRunning(): boolean
  kill(): void
}

const toolFiles = z.partialRecord(z.enum(PORT_TOOLS), z.string())

/** The program that runs a module; absent parts have their defaults. */
export interface HostProgram {
  /** The host's own main file: that of another copy of this package. */
  mainFile?: string
  /** A command that the host is started by: words before its own. */
  launcher?: readonly string[]
}

/** Rejects with a `PortFault` when the module cannot be loaded. */
export async function startHostProcess(
  file: string,
  cwd: string,
  { mainFile = HOST_FILE, launcher = [] }: HostProgram = {},
): Promise<HostProcess> {
  let waiting: PromiseWithResolvers<string> | undefined
  const nodeArgs = ['--disable-warning=ExperimentalWarning', `--max-old-space-size=${HEAP_MEGABYTES_MAX}`]
  const [program = '', ...args] = [...launcher, process.execPath, ...nodeArgs, mainFile, file]
  const watched = watchProcess(
    {
      file: program,
      args,
      options: {
        cwd,
        stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
        env: { ...process.env, NODE_COMPILE_CACHE: join(cwd, 'compile-cache') },
      },
    },
    fault => waiting?.reject(fault),
  )
  eachLine(watched.child.stdio[REPLIES_FD] as Readable, line => waiting?.resolve(line))

  async function answerWithin(timeoutMs: number): Promise<string> {
    waiting = Promise.withResolvers<string>()
    const timer = setTimeout(() => {
      watched.kill()
      waiting?.reject(new PortFault('hung', `no answer within ${timeoutMs} ms`))
    }, timeoutMs)
    try {
      return await waiting.promise
    } finally {
      clearTimeout(timer)
      waiting = undefined
    }
  }

  function ask(question: unknown, timeoutMs: number): Promise<string> {
    watched.startCounting()
    const answer = answerWithin(timeoutMs)
    watched.child.stdin?.write(`${JSON.stringify(question)}\n`)
    return answer
  }

  const hello = JSON.parse(await answerWithin(START_TIMEOUT_MS)) as { failed?: string }
  if (hello.failed !== undefined) {
    watched.kill()
    throw new PortFault('crashed', hello.failed)
  }
  return {
    call: async (request, timeoutMs) => readReply(await ask(request, timeoutMs)),
    locate: async profile => toolFiles.catch({}).parse(JSON.parse(await ask({ locate: profile }, START_TIMEOUT_MS))),
    isRunning: watched.isRunning,
    kill: watched.kill,
  }
}
