import { z } from 'zod'

/** A count or a 1-based number. Zero passes here: the tool itself answers it, in upstream's words. */
export function wholeNumber() {
  return z
    .number()
    .nonnegative()
    .refine(value => Number.isInteger(value), 'must be a whole number')
    .meta({ type: 'integer' })
}
