import { z } from 'zod'

const cause = z.looseObject({ area: z.string(), message: z.string() })

/** An outcome as stored in files. */
export const outcomeSchema = z.discriminatedUnion('kind', [
  z.looseObject({ kind: z.literal('solved') }),
  z.looseObject({ kind: z.literal('unsolved'), cause: z.literal('refused').optional() }),
  z.looseObject({ kind: z.literal('limited'), limit: z.string() }),
  z.looseObject({ kind: z.literal('failed'), cause }),
  z.looseObject({ kind: z.literal('cancelled') }),
])
