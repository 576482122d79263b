import { asObject, asText } from '../../base/json-fields.ts'
import type { CallStory } from './trial-story.ts'

export interface PatchedFile {
  path: string
  action: 'add' | 'update' | 'delete'
  movedTo?: string
  lines: string[]
  call: CallStory
}

const HEAD = /^\*\*\* (Add|Update|Delete) File: (.*)$/
const ACTIONS = { Add: 'add', Update: 'update', Delete: 'delete' } as const

/** What the successful patches of a trial did, file by file. Changes by commands leave no such trace in a log. */
export function patchFiles(calls: readonly CallStory[]): PatchedFile[] {
  const patches = calls.filter(({ record }) => record.tool === 'applyPatch' && record.status === 'ok')
  return patches.flatMap(call => filesOf(asText(asObject(call.record.args).patch), call))
}

function filesOf(patch: string, call: CallStory): PatchedFile[] {
  const files: PatchedFile[] = []
  for (const line of patch.split('\n')) {
    const [, action, path] = HEAD.exec(line) ?? []
    const moved = /^\*\*\* Move to: (.*)$/.exec(line)?.[1]
    const file = files.at(-1)
    if (action !== undefined && path !== undefined)
      files.push({ path, action: ACTIONS[action as keyof typeof ACTIONS], lines: [], call })
    else if (file !== undefined && moved !== undefined) file.movedTo = moved
    else if (file !== undefined && !line.startsWith('*** ')) file.lines.push(line)
  }
  for (const file of files) while (file.lines.at(-1) === '') file.lines.pop()
  return files
}
