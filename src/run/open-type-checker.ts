import { MODE_TRAITS } from '../contracts/arm.ts'
import { UserError } from '../contracts/errors.ts'
import type { TypeChecker } from '../contracts/script.ts'
import type { Trial } from '../contracts/trial.ts'
import { createTypeChecker } from '../type-check/create-type-checker.ts'

/** The type checker that these trials need, already warm, so that the first arm does not pay for its start; undefined if none needs it. */
export async function openTypeChecker(trials: readonly Pick<Trial, 'arm'>[]): Promise<TypeChecker | undefined> {
  const isNeeded = trials.some(({ arm }) => arm.typeCheck !== 'off' && MODE_TRAITS[arm.mode].action === 'script')
  return isNeeded ? startTypeChecker() : undefined
}

/** Throws a UserError where TypeScript is not installed. */
export async function startTypeChecker(checker: TypeChecker = createTypeChecker()): Promise<TypeChecker> {
  const checked = await checker.check('return 1', 'declare const tools: {}')
  if (checked.kind === 'checked') return checker
  await checker.close()
  throw new UserError('requirement-missing', `typeCheck: scripts cannot be checked: ${checked.message}.`)
}
