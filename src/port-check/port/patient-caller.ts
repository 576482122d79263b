import type { CaseFolder } from '../check/case-folder.ts'
import type { CaseRun, CorpusKind, PortCase } from '../corpus/corpus-kind.ts'
import type { Port } from './port.ts'
import { PortFault } from './port-fault.ts'
import { NOT_OFFERED, type PortProfile } from './port-protocol.ts'

/** After this many calls in a row without an answer, a tool is not called any more. */
const HANGS_MAX = 10
/** A port that hangs gets less time for the next calls, until it answers one. */
const SHORTER_AFTER_HANGS = 2
const SHORT_TIMEOUT_MS = 2_000

/**
 * Calls a port for cases: fills in what all calls have, raises `not-offered` for tools the port does not have (it is
 * asked once), and loses its patience with tools that keep hanging.
 */
export function patientCaller(port: Port, timeoutMs: number) {
  const missing = new Map<string, string>()
  const hangs = new Map<string, number>()

  return (
    { case: one, profile }: { kind: CorpusKind; case: PortCase; profile: PortProfile },
    { cwd }: CaseFolder,
  ): CaseRun['call'] =>
    async given => {
      const { tool } = given
      const absent = missing.get(tool)
      if (absent !== undefined) throw new PortFault('not-offered', absent)
      const hung = hangs.get(tool) ?? 0
      if (hung >= HANGS_MAX) throw new PortFault('not-run', `${tool} did not answer ${hung} calls in a row`)
      const patienceMs = Math.max(timeoutMs, one.timeoutMs ?? 0)
      try {
        const request = { profile, cwd, ...given }
        const reply = await port.call(
          request,
          hung < SHORTER_AFTER_HANGS ? patienceMs : Math.min(patienceMs, SHORT_TIMEOUT_MS),
        )
        hangs.set(tool, 0)
        if (reply.ok || reply.error.code !== NOT_OFFERED) return reply
        missing.set(tool, reply.error.message)
        throw new PortFault('not-offered', reply.error.message)
      } catch (error) {
        if (error instanceof PortFault && error.kind === 'hung') hangs.set(tool, (hangs.get(tool) ?? 0) + 1)
        throw error
      }
    }
}
