import type { ExecOutput } from './exec-schema.ts'
import { formattedOutput, textForm } from './model-text.ts'

/** Codex 0.55's text form of a command's result, without the second cap that can break it. */
export function renderExec(output: ExecOutput): string {
  const seconds = Math.round(output.durationMs / 100) / 10
  return textForm({ body: formattedOutput(output), exitCode: output.exitCode, seconds })
}
