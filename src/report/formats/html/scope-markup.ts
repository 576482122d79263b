import type { Table } from '../../../base/table.ts'
import { armTable } from '../../tables/arm-table.ts'
import { comparedArmTable } from '../../tables/compared-arm-table.ts'
import { errorClassTable } from '../../tables/error-class-table.ts'
import { errorTable } from '../../tables/error-table.ts'
import { limitTable } from '../../tables/limit-table.ts'
import { overheadTable } from '../../tables/overhead-table.ts'
import { parallelTable } from '../../tables/parallel-table.ts'
import { strataTable } from '../../tables/strata-table.ts'
import { taskTables } from '../../tables/task-table.ts'
import { contrastTopics, noiseTopics, reliabilityTopics } from './comparison-topics.ts'
import { galleryMarkup } from './gallery-markup.ts'
import type { Markup } from './markup.ts'
import { planeTopics, spreadTopics, tokenTopics, turnTopics } from './picture-topics.ts'
import { tableMarkup } from './table-markup.ts'
import type { TopicContext } from './topic-context.ts'

/** Everything about one player, or about all models together, in the order in which one asks. */
export function scopeMarkup(context: TopicContext): Markup[] {
  const { view, idPrefix } = context
  const { scope, compared } = view
  const isElsewhere = scope.arms.length === 0 && compared !== undefined
  const strata = strataTable(scope)
  const gallery = galleryMarkup(view, idPrefix)
  const tables = (...made: Table[]) =>
    made.filter(({ rows }) => rows.length > 0).map(table => tableMarkup(table, { idPrefix }))
  return [
    ...tables(armTable(scope), ...(isElsewhere ? [comparedArmTable(compared)] : [])),
    ...contrastTopics(context),
    ...planeTopics(context),
    ...reliabilityTopics(context),
    ...tokenTopics(context),
    ...spreadTopics(context),
    ...tables(errorTable(scope), errorClassTable(view)),
    ...(gallery === undefined ? [] : [gallery]),
    ...tables(...taskTables(view)),
    ...(strata.rows.length === 0 ? [] : [tableMarkup(strata, { idPrefix, isFolded: true })]),
    ...tables(overheadTable(scope), parallelTable(scope)),
    ...turnTopics(context),
    ...tables(limitTable(view)),
    ...noiseTopics(context),
  ]
}
