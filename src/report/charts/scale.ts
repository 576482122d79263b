import { amountText, durationText, usdText } from '../../base/number-text.ts'
import type { Axis } from './chart.ts'

type Ticks = NonNullable<Axis['ticks']>

/** Few round ticks from 0 to at least `max`. */
export function ticksFromZero(max: number, textOf: (value: number) => string, countMax = 5, unit = 1): Ticks {
  const most = max > 0 ? max : unit
  const step = roundStep(most / unit / countMax) * unit
  const count = Math.max(1, Math.ceil(most / step - 1e-9))
  return Array.from({ length: count + 1 }, (_, index) => {
    const at = Number((index * step).toPrecision(12))
    return { at, text: textOf(at) }
  })
}

/** 1, 2 or 5 times a power of ten, at least `least`. */
function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least))
  const factor = [1, 2, 5, 10].find(candidate => candidate * power >= least * (1 - 1e-9)) ?? 10
  return factor * power
}

export function axisFromZero(max: number, textOf: (value: number) => string, countMax = 5): Axis & { ticks: Ticks } {
  const ticks = ticksFromZero(max, textOf, countMax, textOf === tickText.duration ? durationUnit(max) : 1)
  return { min: 0, max: ticks.at(-1)?.at ?? 1, ticks }
}

/** Minutes have round steps of their own. */
function durationUnit(maxMs: number): number {
  return maxMs >= 120_000 ? 60_000 : 1
}

export const tickText = {
  count: (value: number) => amountText(value).replace(/\.0+(?=[kM])/, ''),
  duration: (value: number) => {
    if (value === 0) return '0'
    const isMinutes = value >= 60_000 && value % 6_000 === 0
    return isMinutes ? `${value / 60_000} min` : durationText(value).replace('.0 ', ' ')
  },
  usd: (value: number) =>
    value === 0
      ? '0'
      : usdText(value)
          .replace(/(\.\d*?)0+$/, '$1')
          .replace(/\.$/, ''),
  percent: (value: number) => `${Math.round(value * 100)}%`,
}
