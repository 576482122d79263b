import { truncateOutput } from '../truncate-output.ts'
import type { ExecOutput } from './exec-schema.ts'

/** Codex 0.55's text form of a command's result. */
export function renderExec(output: ExecOutput): string {
  const notice = output.timedOut ? `command timed out after ${Math.round(output.durationMs)} milliseconds\n` : ''
  const capped = truncateOutput(notice + output.aggregatedOutput)
  const omitted = /\[\.\.\. omitted \d+ of (\d+) lines \.\.\.\]/.exec(capped)
  const lines = omitted === null ? '' : `Total output lines: ${omitted[1]}\n`
  const body = omitted === null ? capped : capped.replace(/^Total output lines: \d+\n\n/, '')
  const seconds = Math.round(output.durationMs / 100) / 10
  return `Exit code: ${output.exitCode}\nWall time: ${seconds} seconds\n${lines}Output:\n${body}`
}
