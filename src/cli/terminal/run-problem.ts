import { UserError } from '../../contracts/errors.ts'

/** What is wrong with a run's folder, and what was expected instead, unless the problem says itself what to do. */
export function runProblem(message: string): UserError {
  const remedy = message.endsWith('.') ? '' : '; expected the folder of a run, as "scriptbench run" creates it'
  return new UserError('run-invalid', `${message}${remedy}`)
}
