import type { Result } from './result.ts'
import type { ToolFailure } from './tool.ts'

/**
 * The one mapping between the paths an agent sees and the paths of this machine.
 * Contract: `resolve` refuses whatever leads out of the workspace, through `..`, absolute paths or symlinks;
 * it never throws for a bad path.
 */
export interface WorkspaceView {
  /** What the agent calls the workspace: `/workspace`, or the real folder without a sandbox. */
  readonly guestRoot: string
  /** The real folder. */
  readonly hostRoot: string
  /** An agent's path (absolute, or relative to `cwd`, itself an agent's path) → the real path. The path need not exist. */
  resolve(guestPath: string, options?: { cwd?: string }): Promise<Result<string, ToolFailure>>
  /** A real path inside the workspace → what the agent calls it. */
  toGuest(hostPath: string): string
  /** Replaces real paths inside a text (error messages, tool output) by the agent's. */
  scrub(text: string): string
}

/** What changed between two states of a folder; paths relative to the workspace, sorted. */
export interface WorkspaceDiff {
  added: string[]
  modified: string[]
  deleted: string[]
}
