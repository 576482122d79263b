import type { PatchProfile } from '../apply-patch/patch.ts'

const POSIX_SHELLS = ['bash', 'zsh', 'sh']
const POWERSHELLS = ['pwsh', 'powershell']

/** The script of a call such as `bash -lc SCRIPT`, for the shells in which upstream looks for a patch. */
export function patchScript(command: readonly string[], profile: PatchProfile): string | undefined {
  if (profile === '0.55') {
    const [shell, flag, script] = command
    return command.length === 3 && shell === 'bash' && flag === '-lc' ? script : undefined
  }
  const shell = fileStem(command[0] ?? '').toLowerCase()
  const skipsProfile = command.length === 4 && POWERSHELLS.includes(shell) && command[1]?.toLowerCase() === '-noprofile'
  const [flag, script, ...rest] = command.slice(skipsProfile ? 2 : 1)
  if (flag === undefined || script === undefined || rest.length > 0) return undefined
  return takesScript(shell, flag) ? script : undefined
}

function takesScript(shell: string, flag: string): boolean {
  if (POSIX_SHELLS.includes(shell)) return flag === '-lc' || flag === '-c'
  if (POWERSHELLS.includes(shell)) return flag.toLowerCase() === '-command'
  return shell === 'cmd' && flag.toLowerCase() === '/c'
}

/** The script of any POSIX shell that is started with a flag such as `-c`, `-lc` or `-euc`. */
export function posixScript(command: readonly string[]): string | undefined {
  if (!/^(ba|z|da|k|a)?sh$/.test(fileStem(command[0] ?? ''))) return undefined
  const flag = command.findIndex((word, index) => index > 0 && /^-[a-z]*c$/i.test(word))
  return flag < 0 ? undefined : command[flag + 1]
}

/** A path's last name without its last extension, as Rust's `file_stem`. */
function fileStem(path: string): string {
  const name = path.replace(/\/+$/, '').split('/').at(-1) as string
  const dot = name.lastIndexOf('.')
  return dot > 0 ? name.slice(0, dot) : name
}
