import { afterEach, expect, test, vi } from 'vitest'
import { chooseSandbox } from '../../src/run/choose-sandbox.ts'

afterEach(() => vi.unstubAllEnvs())

const wish = { mechanism: 'auto', policy: 'workspace-write', isTrusted: false, isMeasured: false } as const

test('"none" is taken at its word, without a reason', async () => {
  expect(await chooseSandbox({ ...wish, mechanism: 'none' })).toMatchObject({ mechanism: 'none', requested: 'none' })
})

test('without bubblewrap a model is refused with what to do, also when bubblewrap was asked for by name', async () => {
  vi.stubEnv('PATH', '/nonexistent')
  await expect(chooseSandbox(wish)).rejects.toMatchObject({
    code: 'sandbox-unavailable',
    message: expect.stringMatching(/--sandbox none/),
  })
  await expect(chooseSandbox({ ...wish, mechanism: 'bubblewrap', isTrusted: true })).rejects.toMatchObject({
    code: 'sandbox-unavailable',
  })
})

test('without bubblewrap built-in players run, and the reason is kept', async () => {
  vi.stubEnv('PATH', '/nonexistent')
  const chosen = await chooseSandbox({ ...wish, isTrusted: true })
  expect(chosen).toMatchObject({ requested: 'auto', mechanism: 'none', reason: expect.stringContaining('bwrap') })
})
