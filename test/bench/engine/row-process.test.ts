import { join } from 'node:path'
import { expect, test } from 'vitest'
import { measureInProcess } from '../../../bench/engine/row-process.ts'
import { folderWith } from '../../helpers/folders.ts'

/** A process that measures each contender with 1, after doing in its turn what the name says. */
const MAIN = `const { contenders } = JSON.parse(process.argv[2])
const tell = message => new Promise(resolve => process.send(message, resolve))
for (const name of contenders) {
  await tell({ kind: 'turn', name })
  if (name === 'isolated-vm') process.abort()
  if (name === 'run') while (true) {}
}
await tell({ kind: 'measured', findings: contenders.map(name => [name, { kind: 'measured', samples: [1] }]) })
`

test('who crashes or hangs its process is named, and the others are measured without it', async () => {
  const main = join(await folderWith({ 'main.mjs': MAIN }), 'main.mjs')
  const contenders = ['scriptbench', 'run', 'isolated-vm', 'node:vm'] as const
  const measured = await measureInProcess(main, {
    ...{ row: 'warm', contenders, repetitions: 1, warmupMs: 0, turnMsMax: 1_000 },
  })
  expect(measured.get('scriptbench')).toEqual({ kind: 'measured', samples: [1] })
  expect(measured.get('node:vm')).toEqual({ kind: 'measured', samples: [1] })
  expect(measured.get('run')).toMatchObject({ kind: 'failed', reason: expect.stringContaining('no answer') })
  expect(measured.get('isolated-vm')).toMatchObject({ kind: 'failed', reason: expect.stringContaining('SIGABRT') })
})
