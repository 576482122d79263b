import type { Tool } from '../contracts/tool.ts'
import { renderSummary } from './apply-patch/apply-operations.ts'
import { createApplyPatchTool, verifyPatch } from './apply-patch/apply-patch.ts'
import type { PatchProfile } from './apply-patch/patch.ts'
import { createExecTool } from './exec/exec.ts'
import type { ExecInput, ExecOutput } from './exec/exec-schema.ts'
import { createFileSearchTool } from './file-search/file-search.ts'
import { createGrepFilesTool } from './grep-files/grep-files.ts'
import { createListDirTool } from './list-dir/list-dir.ts'
import { createReadFileTool } from './read-file/read-file.ts'
import { analyseShellCommand } from './shell-command/analyse.ts'
import type { AnyTool } from './toolbox/toolbox.ts'

/** All tools, in the order in which every mode shows them. */
export function createTools(): AnyTool[] {
  const tools = [
    createExec({ profile: '0.169' }),
    createApplyPatchTool(),
    createReadFileTool(),
    createListDirTool(),
    createGrepFilesTool(),
    createFileSearchTool(),
  ]
  return tools as unknown as AnyTool[]
}

/** The `exec` tool with the patches in its commands read and applied as one release of Codex does. */
export function createExec({ profile }: { profile: PatchProfile }): Tool<ExecInput, ExecOutput> {
  return createExecTool({
    analyse: command => analyseShellCommand(command, profile),
    async verifyPatch(request, context) {
      const verified = await verifyPatch(request, context, profile)
      if (!verified.ok) return verified
      const { isAllowed, apply } = verified.value
      return {
        ok: true,
        value: {
          isAllowed,
          async apply(whole, options) {
            const applied = await apply(whole, options)
            return applied.ok ? { ok: true, value: renderSummary(applied.value) } : applied
          },
        },
      }
    },
  })
}
