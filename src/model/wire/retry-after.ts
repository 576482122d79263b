/** What `retry-after-ms` or `retry-after` (seconds or an HTTP date, RFC 9110 10.2.3) asks for, in milliseconds. */
export function retryAfterMs(headers: Headers | undefined, now: Date): number | undefined {
  const milliseconds = numberOf(headers?.get('retry-after-ms'))
  if (milliseconds !== undefined) return milliseconds
  const value = headers?.get('retry-after')
  const seconds = numberOf(value)
  if (seconds !== undefined) return seconds * 1_000
  // Date.parse alone would take a bare number for a year.
  const dateMs = /^[A-Za-z]/.test(value ?? '') ? Date.parse(value ?? '') : Number.NaN
  return Number.isNaN(dateMs) ? undefined : Math.max(0, dateMs - now.getTime())
}

function numberOf(value: string | null | undefined): number | undefined {
  if (!value || !/^\s*\d+(\.\d+)?\s*$/.test(value)) return undefined
  return Number(value)
}
