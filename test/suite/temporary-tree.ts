import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'

/** A folder with these files, gone when the test is over. */
export function temporaryTree(files: Record<string, string | Uint8Array> = {}): string {
  const dir = mkdtempSync(join(tmpdir(), 'scriptbench-suite-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  writeTree(dir, files)
  return dir
}

export function writeTree(dir: string, files: Record<string, string | Uint8Array>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, path)), { recursive: true })
    writeFileSync(join(dir, path), content)
    if (path.endsWith('.sh')) chmodSync(join(dir, path), 0o755)
  }
}

/** The message and code of the `UserError` that a promise rejects with. */
export async function userError(promise: Promise<unknown>): Promise<{ code: string; message: string }> {
  try {
    await promise
  } catch (error) {
    if ((error as Error).name === 'UserError') return error as never
    throw error
  }
  throw new Error('expected a UserError, but nothing was thrown')
}

/** A task folder that loads; entries replace or add files, `undefined` leaves one out. */
export function taskFiles(
  changes: Record<string, string | Uint8Array | undefined> = {},
): Record<string, string | Uint8Array> {
  const files = {
    'task.toml': 'schema_version = "1.3"\n[metadata.scriptbench]\nstratum = "one"\n',
    'instruction.md': 'Do it.\n',
    'environment/workspace/a.txt': 'a\n',
    'tests/test.sh': '#!/bin/sh\n',
    'solution/01.ts': 'return 1\n',
    ...changes,
  }
  return Object.fromEntries(Object.entries(files).filter(([, content]) => content !== undefined)) as Record<
    string,
    string
  >
}
