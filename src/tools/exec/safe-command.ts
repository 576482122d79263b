import { plainCommands } from './plain-commands.ts'

/** Programs that only read, whatever their arguments. */
const SAFE_PROGRAMS = new Set([
  'cat',
  'cd',
  'echo',
  'false',
  'grep',
  'head',
  'ls',
  'nl',
  'pwd',
  'tail',
  'true',
  'wc',
  'which',
])
const FIND_UNSAFE = ['-exec', '-execdir', '-ok', '-okdir', '-delete', '-fls', '-fprint', '-fprint0', '-fprintf']
const RIPGREP_UNSAFE = /^(?:--pre|--hostname-bin)(?:=|$)|^(?:--search-zip|-z)$/
const GIT_SAFE = new Set(['branch', 'status', 'log', 'diff', 'show'])

/** Codex 0.55's class of commands that never need an approval. */
export async function isSafeCommand(command: readonly string[]): Promise<boolean> {
  if (isSafeProgram(command)) return true
  const commands = await plainCommands(command)
  return commands !== undefined && commands.length > 0 && commands.every(isSafeProgram)
}

function isSafeProgram([program = '', ...args]: readonly string[]): boolean {
  const name = program.slice(program.lastIndexOf('/') + 1)
  if (SAFE_PROGRAMS.has(name)) return true
  switch (name) {
    case 'find':
      return !args.some(arg => FIND_UNSAFE.includes(arg))
    case 'rg':
      return !args.some(arg => RIPGREP_UNSAFE.test(arg))
    case 'git':
      return GIT_SAFE.has(args[0] ?? '')
    case 'cargo':
      return args[0] === 'check'
    case 'sed':
      return args.length <= 3 && args[0] === '-n' && /^\d+(?:,\d+)?p$/.test(args[1] ?? '')
    default:
      return false
  }
}
