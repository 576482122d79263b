import { EXIT } from '../../../contracts/exit-codes.ts'
import { findTasks } from '../../../run/single/find-tasks.ts'
import { type TaskValidation, validateTasks } from '../../../run/single/validate-tasks.ts'
import { leaveOutUnrunnable } from '../../../run/suite/plan-run.ts'
import type { Action } from '../../options/command-table.ts'
import { abortOnInterrupt } from '../../terminal/interrupt.ts'
import { printJson, printLine, printNote } from '../../terminal/print.ts'

export const validate: Action<'tasks validate'> = async ({ glob }, { json, repeat, sandbox = 'auto', ...source }) => {
  const { usable, leftOut } = await leaveOutUnrunnable(await findTasks({ ...source, glob }), process.env)
  const interrupt = abortOnInterrupt()
  for (const { task, reason } of leftOut) printNote(`left out: ${task} (${reason})`)
  const validations = await validateTasks({
    tasks: usable,
    repeats: repeat,
    sandbox,
    onTask: validation => !json && printLine(describe(validation)),
    signal: interrupt.signal,
  })
  interrupt.release()
  const invalid = validations.filter(validation => !validation.isValid)
  if (json) printJson({ ok: invalid.length === 0, validations, leftOut })
  else {
    const proven = validations.length - invalid.length
    printLine(`${proven} of ${validations.length} tasks are proven, ${repeat} × per player`)
  }
  if (interrupt.wasInterrupted()) process.exitCode = EXIT.interrupted
  else if (validations.length === 0) process.exitCode = EXIT.nothingRan
  else if (invalid.length > 0) process.exitCode = EXIT.usage
}

function describe({ task, isValid, proofs }: TaskValidation): string {
  if (isValid) return `✓ ${task}`
  const wrong = proofs
    .filter(proof => !proof.isUnanimous)
    .map(({ player, mode, expected, outcomes }) => {
      const got = outcomes.map(outcome =>
        outcome.kind === 'failed' ? `failed (${outcome.cause.area}: ${outcome.cause.message})` : outcome.kind,
      )
      return `    ${player} in ${mode}: expected ${expected} every time, got ${got.join(', ')}`
    })
  return [`✗ ${task}`, ...wrong].join('\n')
}
