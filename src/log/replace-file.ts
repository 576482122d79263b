import { randomBytes } from 'node:crypto'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Result } from '../contracts/result.ts'
import type { LogFailure } from './log-failure.ts'
import { writeFailure } from './log-failure.ts'

const CHUNK_CHARACTERS = 256 * 1024

/** Replaces a file in one step: a reader finds the old one or the new one, never a part. */
export async function replaceFile(file: string, parts: Iterable<string>): Promise<Result<undefined, LogFailure>> {
  const draft = `${file}.${randomBytes(6).toString('hex')}.draft`
  try {
    await mkdir(dirname(file), { recursive: true })
    await writeToDisk(draft, parts)
    await rename(draft, file)
    return { ok: true, value: undefined }
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined)
    return { ok: false, error: writeFailure(file, error) }
  }
}

async function writeToDisk(file: string, parts: Iterable<string>): Promise<void> {
  await using handle = await open(file, 'wx')
  let pending = ''
  for (const part of parts) {
    pending += part
    if (pending.length < CHUNK_CHARACTERS) continue
    await handle.writeFile(pending)
    pending = ''
  }
  await handle.writeFile(pending)
  await handle.sync()
}
