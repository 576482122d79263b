import { readdir, readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'

const HANDLERS_DIR = '/proc/sys/fs/binfmt_misc'

/** A file by its name and its first bytes, as many as the kernel reads. */
export interface BinaryFile {
  name: string
  head: Buffer
}

/** Whether this machine's kernel is configured to start files like this one; see binfmt_misc in its documentation. */
export async function hasBinaryHandler(file: BinaryFile, handlersDir = HANDLERS_DIR): Promise<boolean> {
  const read = (name: string) => readFile(join(handlersDir, name), 'utf8').catch(() => '')
  if (!(await read('status')).startsWith('enabled')) return false
  const handlers = await Promise.all((await readdir(handlersDir)).map(read))
  return handlers.some(handler => handles(handler, file))
}

/** Matches by extension, or by the first bytes, of which a mask can ignore some bits. */
function handles(handler: string, { name, head }: BinaryFile): boolean {
  if (!handler.startsWith('enabled')) return false
  const field = (label: string) => new RegExp(`^${label} (.*)$`, 'm').exec(handler)?.[1]
  const extension = field('extension')
  if (extension !== undefined) return extname(name) === extension
  const magic = Buffer.from(field('magic') ?? '', 'hex')
  const mask = Buffer.from(field('mask') ?? '', 'hex')
  const offset = Number(field('offset'))
  const isSame = (byte: number, index: number) => (((head[offset + index] ?? 0) ^ byte) & (mask[index] ?? 0xff)) === 0
  return magic.length > 0 && magic.every(isSame)
}
