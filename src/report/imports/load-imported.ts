import { compareText, groupBy } from '../../base/lists.ts'
import { isEvidence } from '../../base/models/player-kind.ts'
import type { ImportedOutcome } from '../../contracts/imported.ts'
import type { Manifest } from '../../contracts/manifest.ts'
import type { Report } from '../document/report.ts'

/** What a report says of outcomes that were measured elsewhere; it has no trials of its own. */
export function importedFacts(
  manifest: Manifest,
  outcomes: readonly ImportedOutcome[],
): Pick<Report, 'coverage' | 'players' | 'imported'> {
  const scored = outcomes.filter(outcome => outcome.solved !== undefined).length
  const players = [...groupBy(outcomes, ({ model }) => model)].map(([model, group]) => {
    const kind = (group[0] as ImportedOutcome).playerKind
    return { model, kind, isEvidence: isEvidence(kind), trials: group.length }
  })
  const coverage = {
    ...{ planned: outcomes.length, done: outcomes.length, scored, failed: outcomes.length - scored, cancelled: 0 },
    ...{ unreadable: [], tornLines: 0 },
  }
  return {
    coverage,
    players: players.sort((left, right) => compareText(left.model, right.model)),
    ...(manifest.imported && { imported: { ...manifest.imported, outcomes: [...outcomes] } }),
  }
}
