import { type Runtime, Session } from 'node:inspector/promises'
import { fileURLToPath } from 'node:url'
import { PORT_TOOLS, type PortProfile, type PortTool } from '../port/port-protocol.ts'
import type { PortModule } from './port-module.ts'

/** The files in which a module's tools are written: those that their functions come from. */
export type ToolFiles = Partial<Record<PortTool, string>>

const HELD = Symbol.for('scriptbench.located-function')

/** Asks the engine where the functions were read from, so that a port can have any layout. */
export async function locateTools(port: PortModule, profile: PortProfile): Promise<ToolFiles> {
  const session = new Session()
  session.connect()
  const urls = new Map<string, string>()
  session.on('Debugger.scriptParsed', ({ params }) => urls.set(params.scriptId, params.url))
  await session.post('Debugger.enable')
  const found: ToolFiles = {}
  try {
    for (const tool of PORT_TOOLS) {
      const script = await scriptOf(session, await idOf(session, functionOf(tool, port, profile)))
      const url = script && urls.get(script)
      if (url?.startsWith('file:')) found[tool] = fileURLToPath(url)
    }
    return found
  } finally {
    session.disconnect()
  }
}

function functionOf(tool: PortTool, port: PortModule, profile: PortProfile): unknown {
  if (tool === 'applyPatchProgram') return port.runStandaloneProgram
  if (tool === 'heredoc') return port.analyseShellCommand
  return port.tools(profile).find(({ name }) => name === tool)?.run
}

async function idOf(session: Session, work: unknown): Promise<string | undefined> {
  const holder = globalThis as unknown as Record<symbol, unknown>
  holder[HELD] = work
  try {
    const expression = `globalThis[Symbol.for(${JSON.stringify(HELD.description)})]`
    return (await session.post('Runtime.evaluate', { expression })).result.objectId
  } finally {
    delete holder[HELD]
  }
}

/** The script that a function was read from; for a bound function, that of the function it calls. */
async function scriptOf(session: Session, objectId: string | undefined): Promise<string | undefined> {
  if (objectId === undefined) return undefined
  const properties = await session.post('Runtime.getProperties', { objectId, ownProperties: true })
  const inner = (name: string): Runtime.RemoteObject | undefined =>
    properties.internalProperties?.find(one => one.name === name)?.value
  const target = inner('[[TargetFunction]]')
  if (target?.objectId !== undefined) return scriptOf(session, target.objectId)
  return (inner('[[FunctionLocation]]')?.value as { scriptId?: string } | undefined)?.scriptId
}
