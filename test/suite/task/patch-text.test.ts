// Covers: suite/task/oracle-script.ts

import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { type FileChange, oracleScript } from '../../../src/suite/task/oracle-script.ts'
import { patchSection } from '../../../src/suite/task/patch-text.ts'
import { runStandalone } from '../../../src/tools/apply-patch/run-standalone.ts'

const dir = mkdtempSync(join(tmpdir(), 'scriptbench-oracle-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))

/** Plays an oracle's script in `dir`, with the real patch program behind the tool. */
async function play(script: string): Promise<void> {
  const body = stripTypeScriptTypes(`async function play(tools: any) {\n${script}\n}`)
  const run = new Function(`${body}; return play`)()
  await run({
    async applyPatch({ patch }: { patch: string }) {
      const { exitCode, stderr } = await runStandalone({ patch, cwd: dir })
      if (exitCode !== 0) throw new Error(`${stderr}\n${patch}`)
    },
    async exec({ command: [program, ...args] }: { command: [string, ...string[]] }) {
      const { status, stderr } = spawnSync(program, args, { cwd: dir, encoding: 'utf8' })
      return { exitCode: status, stderr }
    },
  })
}

function lay({ path, before }: FileChange): void {
  rmSync(join(dir, path), { force: true })
  mkdirSync(join(dir, path, '..'), { recursive: true })
  if (before) writeFileSync(join(dir, path), before)
}

async function changed(change: FileChange): Promise<Buffer | undefined> {
  lay(change)
  const oracle = oracleScript([change])
  if ('tooLarge' in oracle) throw new Error('too large')
  await play(oracle.script)
  const file = join(dir, change.path)
  return existsSync(file) ? readFileSync(file) : undefined
}

const bytes = (text: string) => Buffer.from(text)

describe('an oracle’s script makes the change byte for byte', () => {
  const line = fc.constantFrom('a', 'b', '', ' a', 'a ', '}', '*** End Patch', '@@', '`$' + '{x}\\', 'ä\t')
  const text = fc
    .record({
      lines: fc.array(line, { maxLength: 30 }),
      ending: fc.constantFrom('\n', '\n', '\n', '\r\n'),
      last: fc.constantFrom(true, true, true, false),
    })
    .map(({ lines, ending, last }) => lines.join(ending) + (last && lines.length > 0 ? ending : ''))

  test('for any text turned into any other', async () => {
    await fc.assert(
      fc.asyncProperty(text, text, async (before, after) => {
        const content = await changed({ path: 'f.txt', before: bytes(before), after: bytes(after) })
        expect(content?.toString()).toBe(after)
      }),
      { numRuns: 60 },
    )
  })

  test('for small edits of a repetitive file', async () => {
    const edit = fc.record({ at: fc.nat(59), by: fc.constantFrom('', 'x\n', 'same\nsame\n') })
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 4 }), async edits => {
        const lines = Array.from({ length: 60 }, (_, index) => (index % 7 === 0 ? 'other\n' : 'same\n'))
        const after = lines.map((old, index) => edits.find(({ at }) => at === index)?.by ?? old).join('')
        const content = await changed({ path: 'f.txt', before: bytes(lines.join('')), after: bytes(after) })
        expect(content?.toString()).toBe(after)
      }),
      { numRuns: 60 },
    )
  })

  test.each<[string, FileChange]>([
    ['a new file', { path: 'new/deep.txt', after: bytes('x\ny\n') }],
    ['a new empty file', { path: 'empty.txt', after: bytes('') }],
    ['a deletion', { path: 'gone.txt', before: bytes('x') }],
    ['a binary file', { path: 'b.bin', before: Buffer.of(0, 1), after: Buffer.of(0, 255, 2) }],
    ['a new file without a last newline', { path: 'bare.txt', after: bytes('x') }],
    ['a file name with spaces around', { path: ' odd ', after: bytes('x\n') }],
    ['a file name like an option', { path: '-rf', before: bytes('x'), after: bytes('y') }],
  ])('for %s', async (_what, change) => {
    expect(await changed(change)).toEqual(change.after)
  })

  test('the execute bit included', async () => {
    await changed({ path: 'run.sh', after: bytes('#!/bin/sh\n'), isExecutable: true })
    expect(statSync(join(dir, 'run.sh')).mode & 0o111).not.toBe(0)
  })
})

test('a small edit of a long file is a small patch', () => {
  const lines = Array.from({ length: 500 }, (_, index) => `line ${index}\n`)
  const section = patchSection({ path: 'f', before: lines.join(''), after: lines.toSpliced(250, 1, 'new\n').join('') })
  expect(section?.split('\n')).toHaveLength(10)
})

test('a file beyond what a command line can carry is named', () => {
  expect(oracleScript([{ path: 'big.bin', after: Buffer.alloc(200_000) }])).toEqual({ tooLarge: 'big.bin' })
})
