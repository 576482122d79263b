/** The part of Cephes that is used here; the types the package carries are not found through its `exports`. */
declare module 'cephes' {
  export const compiled: Promise<void>
  /** Regularised incomplete beta function I_x(a, b), and its inverse in x. */
  export function incbet(a: number, b: number, x: number): number
  export function incbi(a: number, b: number, y: number): number
  /** Logarithm of the gamma function. */
  export function lgam(x: number): number
  /** Standard normal distribution function, and its inverse. */
  export function ndtri(p: number): number
}
