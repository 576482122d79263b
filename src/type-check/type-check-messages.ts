import type { TypeProblem } from '../contracts/script.ts'

/** What the checker's process is asked. */
export interface CheckRequest {
  id: number
  source: string
  declarations: string
}

/** What it answers. It sends `ready` once it is warm, or `unusable` when it never will be. */
export type CheckReply =
  | { kind: 'ready' }
  | { kind: 'unusable'; message: string }
  | { kind: 'checked'; id: number; problems: TypeProblem[] }
  | { kind: 'failed'; id: number; message: string }
