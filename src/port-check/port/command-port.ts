import { statSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Readable } from 'node:stream'
import type { Port } from './port.ts'
import { PortFault } from './port-fault.ts'
import type { PortReply, PortRequest } from './port-protocol.ts'
import { readReply } from './read-reply.ts'
import { watchProcess } from './watched-process.ts'

const NOBODY = 65_534

/** A program that is started for every call: the request on its standard input, the reply on its standard output. */
export function openCommandPort(command: readonly string[]): Port {
  const [file = '', ...args] = command
  return {
    name: command.join(' '),
    call: (request, timeoutMs) => callOnce({ file, args }, request, timeoutMs),
    close: async () => undefined,
  }
}

function callOnce(
  { file, args }: { file: string; args: readonly string[] },
  request: PortRequest,
  timeoutMs: number,
): Promise<PortReply> {
  const { promise, resolve, reject } = Promise.withResolvers<PortReply>()
  const rights = request.user === 'nobody' && process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {}
  const env = { ...process.env, ...request.env }
  const options = {
    cwd: existingFolder(request.cwd),
    stdio: ['pipe' as const, 'pipe' as const, 'pipe' as const],
    env,
    ...rights,
  }
  const chunks: Buffer[] = []
  const timer = setTimeout(() => {
    watched.kill()
    reject(new PortFault('hung', `did not end within ${timeoutMs} ms`))
  }, timeoutMs)
  const watched = watchProcess({ file, args, options }, reject)
  const stdout = watched.child.stdout as Readable
  stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
  watched.child.prependListener('close', code => {
    const text = Buffer.concat(chunks).toString().trim()
    if (code !== 0 || text === '') return
    try {
      resolve(readReply(text))
    } catch (error) {
      reject(error)
    }
  })
  watched.child.stdin?.end(`${JSON.stringify(request)}\n`)
  return promise.finally(() => {
    clearTimeout(timer)
    watched.kill()
  })
}

/** A working directory that is not there is a case too, but no program starts in it. */
function existingFolder(path: string): string {
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
  return isFolder || path === dirname(path) ? path : existingFolder(dirname(path))
}
