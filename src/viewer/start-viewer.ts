import { randomBytes } from 'node:crypto'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { UserError } from '../contracts/errors.ts'
import { createViewerApp } from './create-viewer-app.ts'

export interface Viewer {
  /** With the key that opens the pages. */
  url: string
  close(): Promise<void>
}

/** Shows the runs of a folder on this machine alone. Port 0 takes any that is free. */
export async function startViewer(reportsDir: string, port = 0): Promise<Viewer> {
  const token = randomBytes(24).toString('base64url')
  const controller = new AbortController()
  let listening = 0
  const app = createViewerApp({ reportsDir, token, port: () => listening, signal: controller.signal })
  const server = createAdaptorServer({ fetch: app.fetch }) as Server
  listening = await listen(server, port)
  return {
    url: `http://127.0.0.1:${listening}/?token=${token}`,
    async close() {
      controller.abort()
      const closed = new Promise(resolve => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(listenFailure(error, port)))
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
  })
}

function listenFailure(error: NodeJS.ErrnoException, port: number): Error {
  if (error.code === 'EADDRINUSE')
    return new UserError(
      'usage',
      `--port: ${port} is in use already; name another one, or leave --port out for any free one.`,
    )
  if (error.code === 'EACCES')
    return new UserError(
      'usage',
      `--port: this user cannot listen on ${port}; choose a port above 1023, or leave --port out.`,
    )
  return error
}
