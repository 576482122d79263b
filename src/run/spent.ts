import { costUsd } from '../contracts/cost.ts'
import type { ModelPrices } from '../contracts/model.ts'
import { readTrialLog } from '../log/read-trial-log.ts'
import { runFiles } from '../log/run-files.ts'

/** What the logged trials of a run cost so far, from their logs; replies whose price is unknown add nothing. */
export async function spentUsd(runDir: string, trialIds: Iterable<string>): Promise<{ usd: number }> {
  const files = runFiles(runDir)
  let usd = 0
  for (const id of trialIds) {
    const log = await readTrialLog(files.trialLog(id))
    if (!log.ok) continue
    let prices: ModelPrices | undefined
    for (const event of log.value.events) {
      if (event.type === 'trial_start') prices = event.trial.prices
      if (event.type !== 'model_reply' || event.usage === undefined || prices === undefined) continue
      usd += costUsd(event.usage, prices) ?? 0
    }
  }
  return { usd }
}
