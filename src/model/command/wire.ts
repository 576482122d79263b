import { errorText } from '../../base/error-text.ts'
import type { Clock } from '../../contracts/clock.ts'
import type { ModelFailure, ModelParameters } from '../../contracts/model.ts'
import { attemptOf, issueText } from '../players/played-reply.ts'
import type { AttemptResult } from '../wire/retry.ts'
import type { Wire } from '../wire/wire-provider.ts'
import { COMMAND, commandReply, toCommandRequest } from './protocol.ts'
import { type ChildEnd, runChild } from './run-child.ts'

const OUTPUT_BYTES_MAX = 16 * 1024 * 1024

export interface CommandOptions {
  /** The program, an absolute path. */
  file: string
  cwd: string
  environment: Readonly<Record<string, string>>
  parameters: ModelParameters
  timeoutMs: number
  clock: Clock
}

/** A program that answers as the model: one process per turn, one JSON object in, one JSON object out. */
export function commandWire({ file, cwd, environment, parameters, timeoutMs, clock }: CommandOptions): Wire {
  return {
    name: COMMAND,
    classify: error => ({ class: 'bad-request', message: errorText(error) }),
    async prepare(request) {
      const input = `${JSON.stringify(toCommandRequest(request, parameters))}\n`
      return {
        async send(signal) {
          const end = await runChild({
            file,
            cwd,
            environment,
            input,
            timeoutMs,
            outputBytesMax: OUTPUT_BYTES_MAX,
            signal,
            clock,
          })
          if (end.kind === 'exited' && end.exitCode === 0) return readReply(end.stdout)
          return { ok: false, failure: failureOfEnd(end, timeoutMs) }
        },
      }
    },
  }
}

function failureOfEnd(end: ChildEnd, timeoutMs: number): ModelFailure {
  switch (end.kind) {
    case 'exited':
      return { class: 'connection', message: `the command ended with exit code ${end.exitCode}${said(end.stderrTail)}` }
    case 'killed':
      return { class: 'connection', message: `the command was ended by ${end.signal}${said(end.stderrTail)}` }
    case 'timed-out':
      return { class: 'connection', message: `the command gave no reply within ${timeoutMs} ms` }
    case 'aborted':
      return { class: 'connection', message: 'the request was aborted' }
    case 'too-much-output':
      return { class: 'bad-request', message: `the command wrote more than ${OUTPUT_BYTES_MAX} bytes` }
    case 'not-started':
      return { class: 'bad-request', message: `the command could not be started: ${end.message}` }
  }
}

function said(stderrTail: string): string {
  return stderrTail.trim() === '' ? '' : `: ${stderrTail.trim()}`
}

function readReply(stdout: string): AttemptResult {
  let json: unknown
  try {
    json = JSON.parse(stdout)
  } catch {
    // More than a message shows: it is cut to its final length once secrets are removed.
    const start = stdout.trim().slice(0, 4_000)
    return badReply(start === '' ? 'the command wrote nothing' : `the command did not write a JSON object: ${start}`)
  }
  const reply = commandReply.safeParse(json)
  if (!reply.success) return badReply(`the command's reply does not match the protocol: ${issueText(reply.error)}`)
  const { carried, ...played } = reply.data
  return attemptOf(played, COMMAND, carried === undefined ? [] : [carried])
}

function badReply(message: string): AttemptResult {
  return { ok: false, failure: { class: 'bad-request', message } }
}
