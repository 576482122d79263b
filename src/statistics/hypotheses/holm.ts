/** Holm's step-down adjustment (Holm 1979): p̃_(j) = max over l ≤ j of min(1, (m−l+1)·p_(l)). Keeps the order given. */
export function holm(pValues: readonly number[]): number[] {
  const m = pValues.length
  const order = pValues.map((p, index) => ({ p, index })).sort((a, b) => a.p - b.p)
  const adjusted = new Array<number>(m)
  let running = 0
  for (const [rank, { p, index }] of order.entries()) {
    running = Math.max(running, Math.min(1, (m - rank) * p))
    adjusted[index] = running
  }
  return adjusted
}
