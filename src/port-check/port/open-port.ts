import { openCommandPort } from './command-port.ts'
import { openModulePort } from './module-port.ts'
import type { Port } from './port.ts'
import { readPortSpec } from './port-spec.ts'

export interface OpenPortOptions {
  processesMax: number
  scratchDir: string
}

/** Opens the port that a text such as `--port` names. */
export async function openPort(spec: string | undefined, options: OpenPortOptions): Promise<Port> {
  const found = readPortSpec(spec)
  if (found.kind === 'command') return openCommandPort(found.words)
  const { file, name, profile } = found
  const port = await openModulePort({ file, name, ...options })
  if (profile === undefined) return port
  return { ...port, call: (request, timeoutMs) => port.call({ ...request, profile }, timeoutMs) }
}
