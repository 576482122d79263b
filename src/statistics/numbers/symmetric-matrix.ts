/** A symmetric 2×2 matrix ((a, b), (b, d)). */
export interface SymmetricMatrix {
  a: number
  b: number
  d: number
}

export type Pair = readonly [number, number]

/** Below this a matrix made of shares counts as singular. */
const SINGULAR = 1e-10

/**
 * B^(−1/2) of a positive definite B, by √B = (B + √det·I)/√(tr + 2·√det) (Levinger 1980). `undefined` for a singular one.
 */
export function inverseSquareRoot({ a, b, d }: SymmetricMatrix): SymmetricMatrix | undefined {
  const determinant = a * d - b * b
  if (!(determinant > SINGULAR)) return undefined
  const root = Math.sqrt(determinant)
  const scale = Math.sqrt(a + d + 2 * root) / ((a + root) * (d + root) - b * b)
  return { a: scale * (d + root), b: -scale * b, d: scale * (a + root) }
}

export function times({ a, b, d }: SymmetricMatrix, [x, y]: Pair): Pair {
  return [a * x + b * y, b * x + d * y]
}
