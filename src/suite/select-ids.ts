import picomatch from 'picomatch'
import { nearest } from '../base/did-you-mean.ts'
import { UserError } from '../contracts/errors.ts'

/**
 * The ids that the globs select, sorted. `!glob` takes away; globs that only take away begin with everything.
 * A glob that matches nothing is an error, with the nearest ids: it is a typing mistake more often than a wish.
 */
export function selectIds(ids: readonly string[], globs: readonly string[], where: string): string[] {
  for (const glob of globs) if (!ids.some(matcher(glob))) throw noMatch(glob, ids, where)
  const wanted = globs.filter(glob => !glob.startsWith('!')).map(matcher)
  const unwanted = globs.filter(glob => glob.startsWith('!')).map(matcher)
  return ids
    .filter(id => wanted.length === 0 || wanted.some(matches => matches(id)))
    .filter(id => !unwanted.some(matches => matches(id)))
    .sort()
}

function matcher(glob: string): (id: string) => boolean {
  const matches = picomatch(glob.replace(/^!/, ''), { dot: true, nonegate: true })
  return id => matches(id)
}

function noMatch(glob: string, ids: readonly string[], where: string): UserError {
  if (ids.length === 0)
    return new UserError('task-invalid', `tasks: ${where} has no tasks; expected folders with a task.toml`)
  const near = nearest(glob.replace(/[!*?]/g, ''), ids, { countMax: 3 })
  const list = near.length > 0 ? `nearest: ${near.join(', ')}` : `known: ${ids.slice(0, 20).join(', ')}`
  return new UserError('task-invalid', `tasks: "${glob}" matches no tasks in ${where}; ${list}`)
}
