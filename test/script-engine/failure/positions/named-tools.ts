import { read } from '../../../contract/script-engine.ts'

/** What the programs call, in both engines. */
export const TOOLS = {
  ok: read((args: unknown) => args),
  readFile: read(() => 'one\ntwo\n'),
  listDir: read(() => ['b.ts', 'a.ts']),
  stat: read(() => ({ size: 1 })),
  exec: read(() => ({ stdout: '', exitCode: 0 })),
  fail: read(() => {
    throw new Error('no such file')
  }),
}
