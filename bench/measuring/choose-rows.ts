import { UserError } from '../../src/contracts/errors.ts'

/** The rows with the given ids; all without ids. Throws a `UserError` for unknown ones. */
export function chooseRows<Row extends { id: string }>(
  rows: readonly Row[],
  ids: readonly string[] | undefined,
): readonly Row[] {
  if (ids === undefined) return rows
  const known = rows.map(({ id }) => id)
  const unknown = ids.filter(id => !known.includes(id))
  if (unknown.length > 0) {
    throw new UserError('usage', `--rows ${unknown.join(',')}: unknown; expected some of ${known.join(', ')}.`)
  }
  return rows.filter(({ id }) => ids.includes(id))
}
