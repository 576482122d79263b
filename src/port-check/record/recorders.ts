import { execRecorder } from './exec-recorder.ts'
import { fileSearchRecorder } from './file-search-recorder.ts'
import { heredocRecorder } from './heredoc-recorder.ts'
import { modelOutputRecorders } from './model-output-recorder.ts'
import { patchProgramRecorder } from './patch-program-recorder.ts'
import { patchToolRecorder } from './patch-tool-recorder.ts'
import type { Recorder } from './recorder.ts'

/** Every kind of corpus that can be recorded. */
export const RECORDERS: readonly Recorder[] = [
  patchProgramRecorder,
  patchToolRecorder,
  heredocRecorder,
  execRecorder,
  ...modelOutputRecorders,
  fileSearchRecorder,
]
