import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { costUsdMax } from '../../base/cost.ts'
import type { ModelPrices, Usage } from '../../contracts/model.ts'
import { scanTrialLog } from '../../log/read-trial-log.ts'
import { runFiles } from '../../log/run-files.ts'

/** What a run has used so far; usage that no endpoint reported is not counted. */
export interface Spent {
  usd: number
  tokens: number
}

/** Adds one reply. */
export function addToSpent(spent: Spent, usage: Usage, usd: number | undefined): void {
  const { inputFreshTokens = 0, cacheReadTokens = 0, cacheWriteTokens = 0, outputTokens = 0 } = usage
  spent.tokens += inputFreshTokens + cacheReadTokens + cacheWriteTokens + outputTokens
  spent.usd += usd ?? 0
}

/** From all logs of a run folder: finished trials, interrupted ones and earlier attempts all cost money. */
export async function spentSoFar(runDir: string): Promise<Spent> {
  const files = runFiles(runDir)
  const spent: Spent = { usd: 0, tokens: 0 }
  const trials = await readdir(files.trials).catch(() => [])
  for (const id of trials) {
    const names = await readdir(files.trialDir(id)).catch(() => [])
    for (const name of names) if (name.endsWith('.jsonl')) await addLog(spent, join(files.trialDir(id), name))
  }
  return spent
}

async function addLog(spent: Spent, file: string): Promise<void> {
  let prices: ModelPrices | undefined
  await scanTrialLog(file, event => {
    if (event.type === 'trial_start') prices = event.trial.prices
    if (event.type === 'model_reply' && event.usage) {
      addToSpent(spent, event.usage, prices && costUsdMax(event.usage, prices))
    }
  })
}
