import { createCaseFolder } from '../check/case-folder.ts'
import { checkCase } from '../check/check-case.ts'
import type { CaseRun } from '../corpus/corpus-kind.ts'
import { PortFault } from '../port/port-fault.ts'
import type { PortReply } from '../port/port-protocol.ts'
import { type CasePair, isPassed } from './case-pairs.ts'

/** A port that reports success for everything, and one that refuses everything. Neither does anything. */
const IDLE: readonly CaseRun['call'][] = [
  idle({ ok: true, result: { kind: 'plain' }, text: '' }),
  idle({ ok: false, error: { code: 'failed', message: 'not implemented' } }),
]

function idle(reply: PortReply): CaseRun['call'] {
  return async ({ tool }) => {
    if (tool === 'applyPatchProgram') throw new PortFault('not-offered', 'the tool runs in its place')
    return reply
  }
}

/** Whether one of the cases asks for something to be done: no port passes it that does nothing. */
export async function needsWork(pairs: readonly CasePair[], scratchDir: string): Promise<boolean> {
  for (const { selected } of pairs) {
    const passed: boolean[] = []
    for (const call of IDLE) {
      const folder = createCaseFolder(scratchDir)
      const prepare = () => selected.case.prepare(folder)
      passed.push(isPassed(await checkCase({ ...selected, deviations: [], folder, prepare, call })))
      folder.remove()
    }
    if (!passed.includes(true)) return true
  }
  return false
}
