/** A difference worth finding: of solved in points, or of turns and tokens as a ratio. */
export type Effect = { kind: 'points'; share: number } | { kind: 'ratio'; ratio: number }

/** `10pp` and `10%` are ten points of solved; `0.8x` and `x0.8` are 0.8 times the turns or tokens. */
export function parseEffect(text: string): Effect | undefined {
  const points = /^(\d+(?:\.\d+)?)(?:pp|%)$/.exec(text)
  if (points !== null) {
    const share = Number(points[1]) / 100
    return share > 0 && share < 1 ? { kind: 'points', share } : undefined
  }
  const times = /^(?:[x×](\d+(?:\.\d+)?)|(\d+(?:\.\d+)?)[x×])$/.exec(text)
  const ratio = Number(times?.[1] ?? times?.[2])
  return ratio > 0 && ratio !== 1 ? { kind: 'ratio', ratio } : undefined
}

/** The effect on the scale on which its metric is compared: a share, or the size of a logarithm. */
export function effectSize(effect: Effect): number {
  return effect.kind === 'points' ? effect.share : Math.abs(Math.log(effect.ratio))
}
