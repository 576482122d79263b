const KEYWORDS = [
  'operation not permitted',
  'permission denied',
  'read-only file system',
  'seccomp',
  'sandbox',
  'landlock',
  'failed to write file',
]

/** 128 + SIGSYS: a system call filter struck. */
const EXIT_SYSCALL_DENIED = 159

/** Codex's guess, for a command that ran inside a sandbox, whether the sandbox is why it failed. */
export function looksDenied(output: {
  exitCode: number
  stdout: string
  stderr: string
  aggregatedOutput: string
  timedOut: boolean
}): boolean {
  if (output.exitCode === 0 || output.timedOut) return false
  const texts = [output.stderr, output.stdout, output.aggregatedOutput].map(text => text.toLowerCase())
  if (texts.some(text => KEYWORDS.some(keyword => text.includes(keyword)))) return true
  return output.exitCode === EXIT_SYSCALL_DENIED
}
