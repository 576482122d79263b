import { listModels } from '../../../run/single/check-model.ts'
import type { Action } from '../../options/command-table.ts'
import { printJson, printLine } from '../../terminal/print.ts'

export const list: Action<'models list'> = ({ spec }, { json }) => {
  const models = listModels(process.env, spec)
  if (json) return printJson({ models })
  for (const { spec: name, playerKind, endpoint, key, prices } of models) {
    printLine(`${name}\n  ${[playerKind, endpoint, key, prices].filter(Boolean).join(' · ')}`)
  }
}
