import { plainCommands } from './plain-commands.ts'

/** Codex 0.55's class of commands that can destroy work. */
export async function isDangerousCommand(command: readonly string[]): Promise<boolean> {
  if (isDangerousProgram(command)) return true
  return (await plainCommands(command))?.some(isDangerousProgram) ?? false
}

function isDangerousProgram([program = '', ...args]: readonly string[]): boolean {
  if (program.endsWith('git')) return args[0] === 'reset' || args[0] === 'rm'
  if (program === 'rm') return args[0] === '-f' || args[0] === '-rf'
  return program === 'sudo' && isDangerousProgram(args)
}
