// Covers: viewer/assets.ts, viewer/create-viewer-app.ts

import { expect, test } from 'vitest'
import { createViewerApp } from '../../src/viewer/create-viewer-app.ts'
import { temporaryFolder } from '../helpers/folders.ts'

const PORT = 4321
const OURS = `http://127.0.0.1:${PORT}`

async function ask(
  path: string,
  { headers = {}, method = 'GET' }: { headers?: Record<string, string>; method?: string } = {},
) {
  const reportsDir = await temporaryFolder()
  const { signal } = new AbortController()
  const app = createViewerApp({ reportsDir, token: 'secret', port: () => PORT, signal })
  return app.request(`${OURS}${path}`, { method, headers: { host: `127.0.0.1:${PORT}`, ...headers } })
}

const COOKIE = { cookie: `scriptbench-${PORT}=secret` }

test('the token opens the pages, moves into a cookie and leaves the address', async () => {
  const answer = await ask('/?token=secret')
  expect(answer.status).toBe(303)
  expect(answer.headers.get('location')).toBe('/')
  const cookie = answer.headers.get('set-cookie')
  expect(cookie).toMatch(/^scriptbench-4321=secret;/)
  expect(cookie).toContain('HttpOnly')
  expect(cookie).toContain('SameSite=Strict')
})

test.each([
  ['no token', '/', {}],
  ['another token', '/?token=other', {}],
  ['an empty token', '/?token=', {}],
  ['another cookie', '/', { cookie: `scriptbench-${PORT}=other` }],
  ['the cookie of another port', '/', { cookie: 'scriptbench-1=secret' }],
  ['an asset without the cookie', '/assets/viewer.js', {}],
  ['a stream without the cookie', '/live', {}],
])('%s is refused', async (_name, path, headers) => {
  expect((await ask(path, { headers })).status).toBe(403)
})

test.each([
  'evil.invalid',
  `evil.invalid:${PORT}`,
  '127.0.0.1',
  `127.0.0.1:${PORT + 1}`,
  `127.0.0.1:${PORT}.evil.invalid`,
])('the host %s is refused even with the token', async host => {
  expect((await ask('/?token=secret', { headers: { host } })).status).toBe(403)
  expect((await ask('/', { headers: { ...COOKIE, host } })).status).toBe(403)
})

test('the cookie opens the pages under both names of this machine', async () => {
  expect((await ask('/', { headers: COOKIE })).status).toBe(200)
  expect((await ask('/', { headers: { ...COOKIE, host: `localhost:${PORT}` } })).status).toBe(200)
})

test.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('%s is refused', async method => {
  expect((await ask('/', { method, headers: COOKIE })).status).toBe(405)
})

test('every answer, a refusal too, forbids frames, foreign content and scripts inside pages', async () => {
  for (const answer of [
    await ask('/'),
    await ask('/', { headers: COOKIE }),
    await ask('/nothing', { headers: COOKIE }),
  ]) {
    const policy = answer.headers.get('content-security-policy')
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toContain('unsafe')
    expect(answer.headers.get('cross-origin-resource-policy')).toBe('same-origin')
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer')
  }
})

test.each([
  '/runs/..%2f..%2fetc/index.html',
  '/runs/x/trials/..%2f..%2fmanifest.html',
  '/assets/..%2fguard.ts',
  '/..%2f..%2fpackage.json',
])('nothing outside is reached by %s', async path => {
  expect((await ask(path, { headers: COOKIE })).status).toBe(404)
})
