import { measureRow } from './measure-row.ts'
import type { FromRowProcess, RowTask } from './row-process.ts'
import { ROWS } from './rows/all-rows.ts'

const task = JSON.parse(process.argv[2] as string) as RowTask

function tell(message: FromRowProcess): Promise<void> {
  return new Promise(resolve => {
    if (process.send === undefined) resolve()
    else process.send(message, () => resolve())
  })
}

async function measure(): Promise<FromRowProcess> {
  const row = ROWS.find(({ id }) => id === task.row)
  if (row === undefined) return { kind: 'failed', message: `unknown row ${task.row}` }
  try {
    const onTurn = (name: string) => void tell({ kind: 'turn', name })
    return { kind: 'measured', findings: [...(await measureRow(row, { ...task, onTurn }))] }
  } catch (error) {
    return { kind: 'failed', message: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}

/** A program that was given up can reject later; ignore it. */
process.on('unhandledRejection', () => undefined)

await tell(await measure())
process.exit()
