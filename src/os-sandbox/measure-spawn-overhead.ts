import { findProgram } from './find-program.ts'
import { createSpawnProbe } from './probe-spawn.ts'

const RUNS = 9

/** What bubblewrap adds to one spawn: the difference of the medians of interleaved runs of `true`, never below 0. */
export async function measureSpawnOverheadMs(bubblewrapPath = findProgram('bwrap')): Promise<number> {
  if (bubblewrapPath === undefined) return 0
  await using probe = await createSpawnProbe(bubblewrapPath)
  const confined: number[] = []
  const bare: number[] = []
  await probe.confined()
  for (let run = 0; run < RUNS; run++) {
    confined.push((await probe.confined()).durationMs)
    bare.push((await probe.bare()).durationMs)
  }
  return Math.max(0, median(confined) - median(bare))
}

/** For an odd number of values. */
function median(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[(values.length - 1) / 2] as number
}
