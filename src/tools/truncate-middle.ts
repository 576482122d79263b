import { firstBytes, lastBytes } from './exec/truncate-output.ts'

/** How much of a text a model sees, counted as its policy counts: a token is four bytes. */
export interface OutputBudget {
  unit: 'bytes' | 'tokens'
  limit: number
}

const BYTES_PER_TOKEN = 4

export function budgetBytes({ unit, limit }: OutputBudget): number {
  return unit === 'tokens' ? limit * BYTES_PER_TOKEN : limit
}

export function tokenCount(bytes: number): number {
  return Math.ceil(bytes / BYTES_PER_TOKEN)
}

/** Codex 0.169's cut: whole characters of both halves of the budget, and between them how much is missing. */
export function truncateMiddle(text: string, budget: OutputBudget): string {
  const bytes = Buffer.from(text)
  const bytesMax = budgetBytes(budget)
  if (bytes.length <= bytesMax) return text
  const leftMax = Math.floor(bytesMax / 2)
  const left = firstBytes(bytes, leftMax)
  const right = lastBytes(bytes, bytesMax - leftMax)
  const missing =
    budget.unit === 'tokens'
      ? `${tokenCount(bytes.length - bytesMax)} tokens`
      : `${characters(text) - characters(left) - characters(right)} chars`
  return `${left}…${missing} truncated…${right}`
}

function characters(text: string): number {
  let count = 0
  for (const _ of text) count++
  return count
}
