import { UserError } from '../../contracts/errors.ts'

/** Tools an adapter can be written for. */
export const INIT_TOOLS = ['applyPatch', 'exec', 'readFile', 'listDir', 'grepFiles', 'fileSearch'] as const
export type InitTool = (typeof INIT_TOOLS)[number]

const TOOL_DEFAULT: InitTool = 'applyPatch'

/** Throws a `UserError` for a tool that there is not. */
export function initTools(asked: readonly string[] = [TOOL_DEFAULT]): InitTool[] {
  const unknown = asked.find(name => !INIT_TOOLS.some(tool => tool === name))
  if (unknown === undefined) return INIT_TOOLS.filter(tool => asked.includes(tool))
  throw new UserError('usage', `--tool ${unknown}: expected one of ${INIT_TOOLS.join(', ')}.`)
}
