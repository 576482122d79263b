import { join } from 'node:path'
import { expect, test } from 'vitest'
import { measureInProcess, type Silence } from '../../../bench/engine/row-process.ts'
import { folderWith } from '../../helpers/folders.ts'

/** A process that measures each contender with 1, after doing in its turn what the name suggests. */
const MAIN = `const { contenders } = JSON.parse(process.argv[2])
const tell = message => new Promise(resolve => process.send(message, resolve))
for (const name of contenders) {
  await tell({ kind: 'turn', name })
  if (name === 'isolated-vm') process.abort()
  if (name === 'run') while (true) {}
}
await tell({ kind: 'measured', findings: contenders.map(name => [name, { kind: 'measured', samples: [1] }]) })
`

const measuredOnce = { kind: 'measured', samples: [1] }
const never = new Promise<string>(() => undefined)

async function measure(contenders: Parameters<typeof measureInProcess>[1]['contenders'], silence?: Silence) {
  const main = join(await folderWith({ 'main.mjs': MAIN }), 'main.mjs')
  return measureInProcess(main, { row: 'warm', contenders, repetitions: 1, warmupMs: 0, turnMsMax: 50 }, silence)
}

test('a contender that crashes or hangs its process is named, and the others are measured without it', async () => {
  const silence: Silence = async name => (name === 'run' ? 'no answer' : never)
  const measured = await measure(['scriptbench', 'run', 'isolated-vm', 'node:vm'], silence)
  expect(Object.fromEntries(measured)).toEqual({
    scriptbench: measuredOnce,
    'node:vm': measuredOnce,
    run: { kind: 'failed', reason: 'no answer' },
    'isolated-vm': { kind: 'failed', reason: expect.stringContaining('SIGABRT') },
  })
})

test('a turn beyond its time limit is a hang, however long the process took to start', async () => {
  const measured = await measure(['run'])
  expect(measured.get('run')).toEqual({ kind: 'failed', reason: 'no answer for 0.05 s; its process was ended' })
})
