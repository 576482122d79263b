import { studentQuantile, studentTwoSidedP } from '../numbers/distributions.ts'
import { mean, ROUNDING, sum } from '../numbers/moments.ts'
import { inverseSquareRoot, type Pair, type SymmetricMatrix, times } from '../numbers/symmetric-matrix.ts'
import type { Interval } from './wilson.ts'

/** One task: its x, and what was measured there. */
export interface SlopePoint {
  cluster: string
  x: number
  y: number
}

export interface Slope extends Interval {
  intercept: number
  slope: number
  standardError: number
  df: number
  p: number
  n: number
  clusters: number
  /** The x at which the line crosses y = 0; absent where the slope can be 0. */
  breakEven?: number
  /** Fieller's interval of the crossing; absent where it is unbounded. */
  breakEvenInterval?: Interval
}

interface Fit {
  intercept: number
  slope: number
  meanX: number
  sxx: number
}

function leastSquares(points: readonly SlopePoint[]): Fit | undefined {
  const meanX = mean(points.map(point => point.x)) as number
  const meanY = mean(points.map(point => point.y)) as number
  const sxx = sum(points.map(({ x }) => (x - meanX) ** 2))
  const scale = Math.max(...points.map(({ x }) => Math.abs(x)))
  if (!(sxx > points.length * (ROUNDING * scale) ** 2)) return undefined
  const slope = sum(points.map(({ x, y }) => (x - meanX) * (y - meanY))) / sxx
  return { slope, intercept: meanY - slope * meanX, meanX, sxx }
}

/** For one cluster: G = Q'Q of its rows of the orthonormal design (1/√n, (x − x̄)/√sxx), and Q'e of its residuals. */
interface ClusterParts {
  gram: SymmetricMatrix
  score: Pair
}

function clusterParts(points: readonly SlopePoint[], fit: Fit): ClusterParts[] {
  const clusters = new Map<string, ClusterParts>()
  const first = 1 / Math.sqrt(points.length)
  for (const { cluster, x, y } of points) {
    const second = (x - fit.meanX) / Math.sqrt(fit.sxx)
    const residual = y - fit.intercept - fit.slope * x
    const { gram, score } = clusters.get(cluster) ?? { gram: { a: 0, b: 0, d: 0 }, score: [0, 0] }
    clusters.set(cluster, {
      gram: { a: gram.a + first * first, b: gram.b + first * second, d: gram.d + second * second },
      score: [score[0] + first * residual, score[1] + second * residual],
    })
  }
  return [...clusters.values()]
}

interface Covariance {
  vi: number
  vs: number
  vis: number
  df: number
}

/**
 * CR2 covariance of (intercept, slope) with Satterthwaite's degrees of freedom of the slope (Bell & McCaffrey 2002,
 * §4), as in `pairedDifference`. `undefined` where one cluster alone decides the line.
 */
function covariance(parts: readonly ClusterParts[], { meanX, sxx }: Fit, n: number): Covariance | undefined {
  const spread = { a: 0, b: 0, d: 0 }
  const products = { a: 0, b: 0, d: 0 }
  let own = 0
  for (const { gram, score } of parts) {
    const weight = inverseSquareRoot({ a: 1 - gram.a, b: -gram.b, d: 1 - gram.d })
    if (weight === undefined) return undefined
    addSquare(spread, times(weight, score))
    const product = times(gram, [weight.b, weight.d])
    addSquare(products, product)
    own += gram.d ** 2 - (product[0] ** 2 + product[1] ** 2) ** 2
  }
  const vs = spread.d / sxx
  const vMiddle = spread.b / Math.sqrt(n * sxx)
  return {
    vs,
    vi: spread.a / n - 2 * meanX * vMiddle + meanX ** 2 * vs,
    vis: vMiddle - meanX * vs,
    df: 1 / (own + products.a ** 2 + 2 * products.b ** 2 + products.d ** 2),
  }
}

function addSquare(to: SymmetricMatrix, [x, y]: Pair): void {
  to.a += x * x
  to.b += x * y
  to.d += y * y
}

/** The set of x with (intercept + slope·x)² ≤ t²·Var, when that set is an interval (Fieller 1954); t of the slope. */
function fieller(fit: Fit, { vi, vs, vis }: Covariance, t: number): Interval | undefined {
  const a = fit.slope ** 2 - t * t * vs
  const b = 2 * (fit.intercept * fit.slope - t * t * vis)
  const c = fit.intercept ** 2 - t * t * vi
  const root = b * b - 4 * a * c
  if (!(a > 0) || root < 0) return undefined
  return { lower: (-b - Math.sqrt(root)) / (2 * a), upper: (-b + Math.sqrt(root)) / (2 * a) }
}

/**
 * Least-squares line of a task-level effect on a task-level quantity (the log-ratio of tokens on log2 of calls per
 * look), standard errors clustered, with the point where the effect changes its sign. `undefined` below three clusters,
 * when all tasks have the same x, when one cluster alone decides the line, or when nothing is left over to judge it by.
 */
export function slopeOf(points: readonly SlopePoint[], level = 0.95): Slope | undefined {
  if (points.length < 3) return undefined
  const fit = leastSquares(points)
  if (fit === undefined) return undefined
  const parts = clusterParts(points, fit)
  if (parts.length < 3) return undefined
  const errors = covariance(parts, fit, points.length)
  if (errors === undefined) return undefined
  const { slope, intercept } = fit
  const { df } = errors
  const standardError = Math.sqrt(errors.vs)
  const scale = Math.max(...points.map(({ y }) => Math.abs(y)))
  if (!(standardError * Math.sqrt(fit.sxx) > ROUNDING * scale)) return undefined
  const t = studentQuantile(1 - (1 - level) / 2, df)
  const interval = fieller(fit, errors, t)
  return {
    ...{ slope, intercept, standardError, df, n: points.length, clusters: parts.length },
    ...{ lower: slope - t * standardError, upper: slope + t * standardError },
    p: studentTwoSidedP(slope / standardError, df),
    ...(interval && { breakEven: -intercept / slope, breakEvenInterval: interval }),
  }
}
