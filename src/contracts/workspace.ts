import type { FileHandle } from 'node:fs/promises'
import type { Result } from './result.ts'
import type { ToolFailure } from './tool.ts'

/** A path that stays inside the workspace even when a running process swaps a folder for a symlink meanwhile. */
export interface PinnedPath extends AsyncDisposable {
  /** Valid until disposed; for `unlink`, `rename`, `mkdir`, `open` with `O_NOFOLLOW` and the like. Never shown. */
  readonly path: string
}

/**
 * The one mapping between the paths an agent sees and the paths of this machine.
 * Contract: `resolve` refuses whatever leads out of the workspace, through `..`, absolute paths or symlinks;
 * nothing here throws for a bad path.
 */
export interface WorkspaceView {
  /** What the agent calls the workspace: `/workspace`, or the real folder without a sandbox. */
  readonly guestRoot: string
  /** The real folder. */
  readonly hostRoot: string
  /**
   * An agent's path (absolute, or relative to `cwd`, itself an agent's path) → the real path, without symlinks.
   * The path need not exist. `keepLastLink` leaves the last name as it is, for work on a link itself (delete, rename).
   */
  resolve(guestPath: string, options?: { cwd?: string; keepLastLink?: boolean }): Promise<Result<string, ToolFailure>>
  /** Opens a path that `resolve` gave; fails when a link has taken its place since. */
  open(hostPath: string, flags: number, mode?: number): Promise<Result<FileHandle, ToolFailure>>
  /** Pins the folder of a path that `resolve` gave, for changes other than opening. The folder must exist. */
  pin(hostPath: string): Promise<Result<PinnedPath, ToolFailure>>
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
