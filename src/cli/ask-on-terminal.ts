import { createInterface } from 'node:readline/promises'
import type { AskPerson } from '../run/approval-gate.ts'

let queue: Promise<unknown> = Promise.resolve()

/** Asks on the terminal, one question at a time. Anything but "y" is a denial. */
export const askOnTerminal: AskPerson = (request, signal) => {
  const answer = queue.then(async () => {
    const terminal = createInterface({ input: process.stdin, output: process.stderr })
    try {
      const question = `\n${request.tool} asks (${request.need.reason}): ${request.need.detail}\n  ${JSON.stringify(request.args)}\nallow? [y/N] `
      return (await terminal.question(question, { signal })).trim().toLowerCase() === 'y'
    } catch {
      return false
    } finally {
      terminal.close()
    }
  })
  queue = answer
  return answer
}
