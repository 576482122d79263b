import { createInterface, type Interface } from 'node:readline/promises'
import type { AskPerson } from '../../run/single/approval-gate.ts'

const ARGUMENT_CHARACTERS_MAX = 2_000

type PersonAnswer = Awaited<ReturnType<AskPerson>>

const ANSWERS: Record<string, PersonAnswer> = { y: 'allowed', a: 'allowed-for-session' }

let queue: Promise<unknown> = Promise.resolve()

/** Asks on the terminal, one question at a time. Anything but "y" and "a" is a denial, and so is the end of the input. */
export const askOnTerminal: AskPerson = (request, signal) => {
  const { args, need, tool } = request
  const choices = need.sessionKey === undefined ? '[y/N]' : '[y/N, a: this one for the rest of the trial]'
  const question = `\n${tool} asks (${need.reason}): ${shown(need.detail)}\n  ${shown(JSON.stringify(args))}\nallow? ${choices} `
  const answer = queue.then(() => (signal.aborted ? 'denied' : ask(question, signal)))
  queue = answer
  return answer
}

async function ask(question: string, signal: AbortSignal): Promise<PersonAnswer> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  // A readline keeps Ctrl-C for itself; it is meant for the whole run.
  terminal.on('SIGINT', () => process.kill(process.pid, 'SIGINT'))
  try {
    const answer = await Promise.race([terminal.question(question, { signal }), closed(terminal)])
    return ANSWERS[answer.trim().toLowerCase()] ?? 'denied'
  } catch {
    return 'denied'
  } finally {
    terminal.close()
  }
}

function closed(terminal: Interface): Promise<string> {
  return new Promise(resolve => terminal.once('close', () => resolve('')))
}

/** A model wrote this: it must neither fill the screen nor steer the terminal. */
function shown(text: string): string {
  const plain = text.replace(/\p{Cc}/gu, character => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`)
  return plain.length <= ARGUMENT_CHARACTERS_MAX ? plain : `${plain.slice(0, ARGUMENT_CHARACTERS_MAX - 1)}…`
}
