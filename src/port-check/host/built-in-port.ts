import { createApplyPatchTool } from '../../tools/apply-patch/apply-patch.ts'
import { createExec } from '../../tools/create-tools.ts'
import { createFileSearchTool } from '../../tools/file-search/file-search.ts'
import { createGrepFilesTool } from '../../tools/grep-files/grep-files.ts'
import { createListDirTool } from '../../tools/list-dir/list-dir.ts'
import { createReadFileTool } from '../../tools/read-file/read-file.ts'
import type { AnyTool } from '../../tools/toolbox/toolbox.ts'
import type { PortProfile } from '../port/port-protocol.ts'

export { runStandaloneProgram } from '../../tools/apply-patch/run-standalone.ts'
export { formattedOutput, modelText } from '../../tools/exec/model-text.ts'
export { truncateOutput } from '../../tools/exec/truncate-output.ts'
export { analyseShellCommand } from '../../tools/shell-command/analyse.ts'

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
