import { chmodSync, mkdirSync, mkdtempSync, rmSync, statfsSync } from 'node:fs'
import { join } from 'node:path'
import type { CaseUnit } from '../../../src/port-check/check/check-unit.ts'
import type { PortTool } from '../../../src/port-check/port/port-protocol.ts'

/** Where the folders of cases are made. */
export interface CasePlaces {
  /** A folder of that name for a unit, not made yet. */
  dirOf(unit: CaseUnit, name: string): string
  remove(): void
}

/**
 * Cases make and remove so many files that a disk takes most of the time: they lie in memory where there is some. Not
 * those of programs, which may ask what file system they are on, nor those of the file search, of which 50 of equal score
 * are chosen by the order in which a file system lists them.
 */
export function createCasePlaces(place: string, dirs: { diskDir: string; memoryDir: string | undefined }): CasePlaces {
  const onDisk = join(dirs.diskDir, place)
  const inMemory = dirs.memoryDir === undefined ? onDisk : join(dirs.memoryDir, place)
  for (const dir of [onDisk, inMemory]) mkdirSync(dir, { recursive: true })
  return {
    dirOf: ([first], name) => join(ON_DISK.includes(first?.[1].kind.tool) ? onDisk : inMemory, name),
    remove() {
      for (const dir of [onDisk, inMemory]) rmSync(dir, { recursive: true, force: true, maxRetries: 3 })
    },
  }
}

const ON_DISK: readonly (PortTool | undefined)[] = ['exec', 'fileSearch']
const MEMORY_DIR = '/dev/shm'
/** See statfs(2). */
const TMPFS = 0x0102_1994
const FREE_BYTES_MIN = 256 * 1024 * 1024

/** A new folder in memory that every user can enter; undefined where there is not enough. */
export function createMemoryDir(): string | undefined {
  try {
    const { type, bavail, bsize } = statfsSync(MEMORY_DIR)
    if (type !== TMPFS || bavail * bsize < FREE_BYTES_MIN) return undefined
    const dir = mkdtempSync(join(MEMORY_DIR, 'mutants-'))
    chmodSync(dir, 0o755)
    return dir
  } catch {
    return undefined
  }
}
