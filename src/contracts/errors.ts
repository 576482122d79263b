/** Stable codes of the mistakes a user can make; each maps to one exit code. */
export type UserErrorCode =
  | 'usage'
  | 'suite-invalid'
  | 'task-invalid'
  | 'file-not-found'
  | 'run-invalid'
  | 'run-locked'
  | 'model-unknown'
  | 'model-key-missing'
  | 'sandbox-unavailable'
  | 'network-unavailable'
  | 'requirement-missing'
  | 'nothing-to-run'

/**
 * A mistake that the user can fix. The message names what is wrong and where (file, field), what was expected and what
 * to do. The command line prints it without a stack trace; anything else that is thrown is a defect of scriptbench.
 */
export class UserError extends Error {
  override readonly name = 'UserError'
  readonly code: UserErrorCode

  constructor(code: UserErrorCode, message: string) {
    super(message)
    this.code = code
  }
}
