import { aligned } from '../../../base/text-table.ts'
import { listTasks } from '../../../run/single/find-tasks.ts'
import type { Action } from '../../options/command-table.ts'
import { printJson, printLine } from '../../terminal/print.ts'

export const list: Action<'tasks list'> = async ({ glob }, { json, ...source }) => {
  const tasks = (await listTasks({ ...source, glob })).map(({ id, stratum, source: from }) => ({
    id,
    stratum,
    source: from.kind === 'npm' ? `npm:${from.package}@${from.version}` : 'folder',
  }))
  if (json) printJson({ tasks })
  else
    printLine(
      aligned(
        tasks.map(({ id, stratum, source: from }) => [id, stratum, from]),
        { align: ['start', 'start', 'start'] },
      ),
    )
}
