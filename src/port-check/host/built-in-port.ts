import { createApplyPatchTool } from '../../tools/apply-patch/apply-patch.ts'
import { createExec } from '../../tools/create-tools.ts'
import { createFileSearchTool } from '../../tools/file-search/file-search.ts'
import { createGrepFilesTool } from '../../tools/grep-files.ts'
import { createListDirTool } from '../../tools/list-dir.ts'
import { createReadFileTool } from '../../tools/read-file.ts'
import type { AnyTool } from '../../tools/toolbox.ts'
import type { PortProfile } from '../port-protocol.ts'

export { runStandaloneProgram } from '../../tools/apply-patch/run-standalone.ts'
export { formattedOutput, modelText } from '../../tools/exec/model-text.ts'
export { analyseShellCommand } from '../../tools/shell-command/analyse.ts'
export { truncateOutput } from '../../tools/truncate-output.ts'

/** Our own tools, as a port module. */
export function createTools(profile: PortProfile): AnyTool[] {
  const tools = [
    createExec({ profile }),
    createApplyPatchTool({ profile }),
    createReadFileTool({ pathsAreAbsolute: true }),
    createListDirTool({ pathsAreAbsolute: true }),
    createGrepFilesTool(),
    createFileSearchTool({ profile }),
  ]
  return tools as unknown as AnyTool[]
}
