/** Shown where a value is unknown. */
export const UNKNOWN = '–'
const MINUS = '−'

/** Numbers for people, the same on every machine: no locale takes part. */
export function grouped(value: number): string {
  const [whole = '', ...rest] = Math.abs(value).toString().split('.')
  const digits = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return [value < 0 ? MINUS + digits : digits, ...rest].join('.')
}

/** A mean of counts: one decimal while that says something. */
export function meanText(value: number | undefined): string {
  if (value === undefined) return UNKNOWN
  return value >= 99.95 ? grouped(Math.round(value)) : value.toFixed(1)
}

/** Tokens and bytes: three figures are enough. */
export function amountText(value: number | undefined): string {
  if (value === undefined) return UNKNOWN
  if (value >= 999_500) return `${(value / 1_000_000).toFixed(2)}M`
  if (value >= 9_950) return `${(value / 1000).toFixed(1)}k`
  return grouped(Math.round(value))
}

export function usdText(value: number | undefined): string {
  if (value === undefined) return UNKNOWN
  if (value === 0) return '$0'
  if (value < 0.0001) return '<$0.0001'
  return value < 1 ? `$${value.toFixed(4)}` : `$${grouped(Number(value.toFixed(2)))}`
}

export function durationText(durationMs: number | undefined): string {
  if (durationMs === undefined) return UNKNOWN
  if (durationMs === 0) return '0 ms'
  if (durationMs < 0.1) return '<0.1 ms'
  if (durationMs < 10) return `${durationMs.toFixed(1)} ms`
  if (durationMs < 999.5) return `${Math.round(durationMs)} ms`
  if (durationMs < 99_950) return `${(durationMs / 1000).toFixed(1)} s`
  return `${(durationMs / 60_000).toFixed(1)} min`
}

/** A share of a whole. Neither a small part nor a small rest is rounded away. */
export function shareText(share: number | undefined): string {
  if (share === undefined || !Number.isFinite(share)) return UNKNOWN
  const percent = share * 100
  if (percent > 0 && percent < 0.1) return '<0.1%'
  if (percent > 99.9 && percent < 100) return '>99.9%'
  const isNearEnd = (percent > 0 && percent < 9.95) || (percent > 99 && percent < 100)
  return isNearEnd ? `${percent.toFixed(1)}%` : `${Math.round(percent)}%`
}

/** A difference of two shares, in percentage points. */
export function pointsText(difference: number): string {
  const points = (difference * 100).toFixed(1)
  return `${signed(points)} pp`
}

/** How many per one, where there is anything to divide by. */
export function rateText(count: number, of: number): string {
  return of === 0 ? UNKNOWN : (count / of).toFixed(2)
}

function signed(digits: string): string {
  if (Number(digits) === 0) return digits.replace('-', '')
  return digits.startsWith('-') ? digits.replace('-', MINUS) : `+${digits}`
}
