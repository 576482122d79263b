import { pathToFileURL } from 'node:url'
import { errorText } from '../base/error-text.ts'
import { createProgramCheck } from './check-program.ts'
import type { CheckReply, CheckRequest } from './type-check-messages.ts'
import type { TypeScript } from './virtual-host.ts'

/** The checker's process: its argument is the file of TypeScript's library. It ends with the process that started it. */
const send = (reply: CheckReply) => process.send?.(reply, undefined, undefined, () => undefined)

// Ctrl-C reaches the whole group; the parent decides what it means.
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => {})
process.on('disconnect', () => process.exit())

async function serve(file: string): Promise<void> {
  const { default: typescript } = (await import(pathToFileURL(file).href)) as { default: TypeScript }
  let check = createProgramCheck(typescript)
  // Reads the library, which takes far longer than any check after it.
  check('', '')
  process.on('message', ({ id, source, declarations }: CheckRequest) => {
    try {
      send({ kind: 'checked', id, problems: check(source, declarations) })
    } catch (error) {
      check = createProgramCheck(typescript)
      send({ kind: 'failed', id, message: errorText(error) })
    }
  })
  send({ kind: 'ready' })
}

serve(process.argv[2] ?? '').catch((error: unknown) => send({ kind: 'unusable', message: errorText(error) }))
