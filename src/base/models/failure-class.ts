import type { ModelFailureClass } from '../../contracts/model.ts'
import { MODEL_FAILURE_TRAITS, type ModelFailureTraits } from '../../contracts/traits/model-failures.ts'

/** The row of a failure's class. A log from elsewhere can name an unknown class: it ends the trial, as `bad-request` does. */
export function failureTraits(failureClass: ModelFailureClass): ModelFailureTraits {
  return MODEL_FAILURE_TRAITS[Object.hasOwn(MODEL_FAILURE_TRAITS, failureClass) ? failureClass : 'bad-request']
}
