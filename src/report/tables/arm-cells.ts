import { amountText, durationText, grouped, meanText, shareText, UNKNOWN, usdText } from '../../base/number-text.ts'
import { type Cell, cell } from '../../base/table.ts'
import type { ArmSummary, Mean } from '../document/report.ts'

type MeanName = keyof ArmSummary['means']

/** A mean over some of the scored trials shows how many they are. */
function meanCell(arm: ArmSummary, name: MeanName, textOf: (value: number | undefined) => string): Cell {
  const mean: Mean | undefined = arm.means[name]
  if (mean === undefined) return cell(UNKNOWN)
  const text = textOf(mean.mean)
  if (mean.n === arm.scored) return cell(text)
  return cell(`${text} (${mean.n} of ${arm.scored})`, { hint: `known for ${mean.n} of ${arm.scored} scored trials` })
}

export function countCell(arm: ArmSummary, name: MeanName): Cell {
  return meanCell(arm, name, meanText)
}

export function bytesCell(arm: ArmSummary, name: MeanName): Cell {
  return meanCell(arm, name, amountText)
}

export function tokensCell(arm: ArmSummary, name: MeanName): Cell {
  const marked = (value: number | undefined) =>
    value === undefined || !arm.tokensEstimated ? amountText(value) : `≈${amountText(value)}`
  return meanCell(arm, name, marked)
}

export function usdCell(arm: ArmSummary, name: MeanName): Cell {
  return meanCell(arm, name, usdText)
}

export function durationCell(arm: ArmSummary, name: MeanName): Cell {
  return meanCell(arm, name, durationText)
}

/** Milliseconds with their share of the wall time. */
export function overheadCell(arm: ArmSummary, name: MeanName): Cell {
  const share = shareOfWall(arm, name)
  const { text } = durationCell(arm, name)
  return !share ? cell(text) : cell(`${text} (${shareText(share)})`)
}

export function shareOfWall(arm: ArmSummary, name: MeanName): number | undefined {
  const wall = arm.means.wallMs?.mean
  const part = arm.means[name]?.mean
  return wall === undefined || wall === 0 || part === undefined ? undefined : part / wall
}

export function solvedBarCell(arm: ArmSummary): Cell {
  const { solvedShare } = arm
  return { ...solvedCell(arm), ...(solvedShare !== undefined && { visual: { kind: 'share', share: solvedShare } }) }
}

export function solvedCell(arm: ArmSummary): Cell {
  const { solvedShare, solved, scored } = arm
  if (solvedShare === undefined) return cell(UNKNOWN)
  return cell(`${solved}/${scored} (${shareText(solvedShare)})`)
}

export function clausesCell({ clausesKept, clausesTotal }: ArmSummary): Cell {
  if (clausesKept === undefined || !clausesTotal) return cell(UNKNOWN)
  return cell(`${clausesKept}/${clausesTotal} (${shareText(clausesKept / clausesTotal)})`)
}

/** A count with what it is a part of. */
export function partCell(count: number, of: number): Cell {
  if (of === 0) return cell(UNKNOWN)
  const text = `${grouped(count)}/${grouped(of)}`
  return cell(count === 0 ? text : `${text} (${shareText(count / of)})`)
}

/** Solved of scored, had the failed trials gone one way or the other. */
export function failedCell({ failed, solvedBounds }: ArmSummary): Cell {
  if (solvedBounds === undefined) return cell(String(failed))
  const bounds = `${shareText(solvedBounds.low)}–${shareText(solvedBounds.high)}`
  return cell(`${failed} (${bounds})`, {
    hint: `solved would be ${bounds} if all of these were unsolved, or all solved`,
  })
}
