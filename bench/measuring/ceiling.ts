/** A figure that should not exceed its limit, and whether it does here. */
export interface Ceiling {
  name: string
  measured: number
  max: number
  isMet: boolean
}

export function ceiling(name: string, measured: number, max: number): Ceiling {
  return { name, measured, max, isMet: measured <= max }
}
