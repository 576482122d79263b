import { defined } from '../../base/defined.ts'
import { plainLine } from '../../base/plain-text.ts'
import { EXIT } from '../../contracts/exit-codes.ts'
import { type ReplayedScript, replayScripts } from '../../run/single/replay-scripts.ts'
import type { Action } from '../options/command-table.ts'
import { abortOnInterrupt } from '../terminal/interrupt.ts'
import { printJson, printLine } from '../terminal/print.ts'

const DIVERGENCES_SHOWN_MAX = 10
const LINE_LENGTH_MAX = 600

export const replay: Action<'replay'> = async ({ run: runDir, trialId: trialStart }, { script, json }) => {
  const interrupt = abortOnInterrupt()
  const replayed = await replayScripts({ runDir, signal: interrupt.signal, ...defined({ trialStart, script }) })
  interrupt.release()
  if (json) printJson({ ...countsOf(replayed), scripts: replayed })
  else printReplayed(replayed)
  if (interrupt.wasInterrupted()) process.exitCode = EXIT.interrupted
  else if (countsOf(replayed).diverged > 0) process.exitCode = EXIT.diverged
}

function countsOf(replayed: readonly ReplayedScript[]) {
  const count = (kind: ReplayedScript['kind']) => replayed.filter(each => each.kind === kind).length
  return { identical: count('identical'), diverged: count('diverged'), skipped: count('skipped') }
}

function printReplayed(replayed: readonly ReplayedScript[]): void {
  const { identical, diverged, skipped } = countsOf(replayed)
  const calls = replayed.reduce((sum, each) => sum + (each.kind === 'identical' ? each.calls : 0), 0)
  printLine(`identical  ${identical} (${calls} calls)`)
  printLine(`diverged   ${diverged}`)
  printLine(`skipped    ${skipped}`)
  for (const [reason, count] of reasonsOf(replayed)) printLine(`  ${count} × ${plainLine(reason, LINE_LENGTH_MAX)}`)
  const divergences = replayed.filter(each => each.kind === 'diverged')
  for (const { trial, script = '', message } of divergences.slice(0, DIVERGENCES_SHOWN_MAX)) {
    printLine(`\n${plainLine(trial)} ${plainLine(script)}\n  ${plainLine(message, LINE_LENGTH_MAX)}`)
  }
  const more = divergences.length - DIVERGENCES_SHOWN_MAX
  if (more > 0) printLine(`\n${more} more; --json lists them all`)
}

function reasonsOf(replayed: readonly ReplayedScript[]): Map<string, number> {
  const reasons = new Map<string, number>()
  for (const each of replayed) {
    if (each.kind === 'skipped') reasons.set(each.reason, (reasons.get(each.reason) ?? 0) + 1)
  }
  return reasons
}
