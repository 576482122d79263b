import { renderSummary } from './apply-patch/apply-operations.ts'
import { applyVerified, createApplyPatchTool } from './apply-patch/apply-patch.ts'
import { createExecTool } from './exec.ts'
import { createFileSearchTool } from './file-search/file-search.ts'
import { createGrepFilesTool } from './grep-files.ts'
import { createListDirTool } from './list-dir.ts'
import { createReadFileTool } from './read-file.ts'
import { analyseShellCommand } from './shell-command/analyse.ts'
import type { AnyTool } from './toolbox.ts'

/** All tools, in the order in which every mode shows them. */
export function createTools(): AnyTool[] {
  const exec = createExecTool({
    analyse: analyseShellCommand,
    async applyPatch(request, context) {
      const applied = await applyVerified(request, context)
      return applied.ok ? { ok: true, value: renderSummary(applied.value) } : applied
    },
  })
  const tools = [
    exec,
    createApplyPatchTool(),
    createReadFileTool(),
    createListDirTool(),
    createGrepFilesTool(),
    createFileSearchTool(),
  ]
  return tools as unknown as AnyTool[]
}
