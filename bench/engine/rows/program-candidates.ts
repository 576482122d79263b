import type { Candidate } from '../../measuring/interleave.ts'
import { anew } from '../bench-programs.ts'
import type { Contender, Program } from '../contender.ts'
import { CONTENDERS } from '../contenders/all-contenders.ts'
import type { RowContext } from '../engine-row.ts'

export interface CandidateOptions {
  /** Turns the milliseconds of a program into the row's unit. */
  scale?: number
  /** Gives the same text each time, which a cache can know. */
  isRepeated?: boolean
}

interface CandidateInput extends CandidateOptions {
  contender: Contender
  program: Program
}

/** Runs a program in one contender; the first sample, which opens it, has to be a warm-up. */
export function programCandidate(context: RowContext, input: CandidateInput): Candidate {
  const { contender, program, scale = 1, isRepeated = false } = input
  return {
    name: contender.name,
    sample: async number => {
      const session = await context.session(contender)
      const fresh = isRepeated ? program : anew(program, number)
      const startedMs = performance.now()
      await session.run(fresh)
      return (performance.now() - startedMs) * scale
    },
  }
}

/** The same for all contenders of the row. */
export function programCandidates(context: RowContext, program: Program, options?: CandidateOptions): Candidate[] {
  return context.contenders.map(name => programCandidate(context, { ...options, contender: CONTENDERS[name], program }))
}
