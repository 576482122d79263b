/**
 * Orders of `count` conditions in which each is at each position equally often and follows each other one equally
 * often. Even counts need `count` orders, odd ones twice as many: a square and its mirror image.
 * E. J. Williams, "Experimental designs balanced for the estimation of residual effects of treatments",
 * Australian Journal of Scientific Research 2 (1949), 149–168.
 */
export function williamsOrders(count: number): number[][] {
  const zigzag = Array.from({ length: count }, (_, index) =>
    index % 2 === 1 ? (index + 1) / 2 : (count - index / 2) % count,
  )
  const square = Array.from({ length: count }, (_, shift) => zigzag.map(condition => (condition + shift) % count))
  return count % 2 === 0 || count === 1 ? square : [...square, ...square.map(order => order.toReversed())]
}
