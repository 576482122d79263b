import { constants } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { ToolContext } from '../../contracts/tool.ts'

const HEAD_BYTES = 256
const ELF = Buffer.from('\x7fELF', 'latin1')
/** Of such a file, the kind: 2 is a program, 3 one that can be loaded anywhere. See elf(5), `e_type`. */
const ELF_TYPE_AT = 16
const ELF_PROGRAMS = [2, 3]

/**
 * Whether the kernel itself can start a program of the workspace. A text file without `#!` it cannot, and Codex says
 * so; the C library would hand it to `sh`.
 */
export async function hasInterpreter(program: string, cwd: string, { workspace }: ToolContext): Promise<boolean> {
  if (!program.includes('/')) return true
  const path = await workspace.resolve(program, { cwd })
  if (!path.ok) return true
  try {
    const found = await stat(path.value)
    if (!found.isFile() || (found.mode & 0o111) === 0) return true
    const opened = await workspace.open(path.value, constants.O_RDONLY | constants.O_NONBLOCK)
    if (!opened.ok) return true
    await using file = opened.value
    const { bytesRead, buffer } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)
    return canStart(buffer.subarray(0, bytesRead))
  } catch {
    return true
  }
}

/** Other binaries may have a handler registered with the kernel. */
function canStart(head: Buffer): boolean {
  if (head.subarray(0, 4).equals(ELF)) return ELF_PROGRAMS.includes(head[ELF_TYPE_AT] ?? 0)
  return head.subarray(0, 2).toString('latin1') === '#!' || head.includes(0)
}
