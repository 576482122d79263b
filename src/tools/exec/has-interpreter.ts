import { constants } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { ToolContext } from '../../contracts/tool.ts'
import { type BinaryFile, hasBinaryHandler } from './has-binary-handler.ts'

/** So many does the kernel look at; a shorter file has zeros after it. */
const HEAD_BYTES = 256
const ELF = Buffer.from('\x7fELF', 'latin1')
/** The kind of an ELF file: 2 is a program, 3 one that can be loaded anywhere. See elf(5), `e_type`. */
const ELF_TYPE_AT = 16
const ELF_PROGRAMS = [2, 3]
/** It names an interpreter, and to the end. See load_script of the kernel: an empty name is one, which is not found. */
const SCRIPT = /^#![ \t]*(?![ \t\n])[^ \t\n\0]*[ \t\n\0]/

/**
 * Whether the kernel itself can start a program of the workspace. It cannot start other files, and Codex reports that; the C
 * library would hand them to `sh`.
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
    const { buffer: head } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)
    return await canStart({ name: path.value, head })
  } catch {
    return true
  }
}

async function canStart(file: BinaryFile): Promise<boolean> {
  const { head } = file
  if (head.subarray(0, ELF.length).equals(ELF) && ELF_PROGRAMS.includes(head[ELF_TYPE_AT] as number)) return true
  return SCRIPT.test(head.toString('latin1')) || hasBinaryHandler(file)
}
