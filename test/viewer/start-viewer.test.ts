// Covers: viewer/live.ts

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { startViewer } from '../../src/viewer/start-viewer.ts'
import { temporaryFolder } from '../helpers/folders.ts'
import { writeRunFolder } from '../helpers/run-folder.ts'
import { trialEvents } from '../helpers/trial-events.ts'

async function viewing(): Promise<(path: string) => Promise<Response>> {
  const root = await temporaryFolder()
  writeRunFolder(join(root, 'run'), [trialEvents(), trialEvents({ trial: { id: 'trial2' } })])
  const viewer = await startViewer(root)
  onTestFinished(() => viewer.close())
  const entry = await fetch(viewer.url, { redirect: 'manual' })
  const cookie = entry.headers.get('set-cookie')?.split(';')[0] ?? ''
  return path => fetch(new URL(path, viewer.url), { headers: { cookie } })
}

interface Patch {
  id: string
  html: string
}

/** All that a stream of changes tells until it ends. */
async function told(response: Response): Promise<{ patches: Patch[]; isEnded: boolean }> {
  const text = await response.text()
  const patches = [...text.matchAll(/event: patch\ndata: (.*)/g)].flatMap(
    ([, data = '']) => JSON.parse(data) as Patch[],
  )
  return { patches, isEnded: text.includes('event: end') }
}

test('serves the list to whoever has its address, and nothing after it is closed', async () => {
  const viewer = await startViewer(await temporaryFolder())
  expect(viewer.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{32}$/)
  expect((await fetch(viewer.url, { redirect: 'manual' })).status).toBe(303)
  await viewer.close()
  await expect(fetch(viewer.url)).rejects.toThrow()
})

test('a port that is in use is named', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await new Promise(resolve => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  await expect(startViewer(await temporaryFolder(), port)).rejects.toThrow(`--port: ${port} is in use already`)
})

test('the page of a run is told its state, its rows and its comparison, until nothing will change', async () => {
  const get = await viewing()
  const page = await (await get('/runs/run/index.html')).text()
  const [, address = ''] = /data-live="([^"]+)"/.exec(page) ?? []
  const { patches, isEnded } = await told(await get(new URL(address, 'http://x/runs/run/index.html').pathname))
  expect(isEnded).toBe(true)
  const ids = new Set(patches.map(({ id }) => id))
  for (const id of ['run-status', 'run-verdict', 'run-arms', 'run-matrix', 'row-trial1', 'row-trial2'])
    expect(ids).toContain(id)
  expect(patches.filter(({ id }) => id === 'run-verdict').at(-1)?.html).not.toContain('being compared')
})

test('the list of runs is told the verdict of each as soon as there is one', async () => {
  const get = await viewing()
  const { patches, isEnded } = await told(await get('/live'))
  expect(isEnded).toBe(true)
  expect(new Set(patches.map(({ id }) => id))).toEqual(new Set(['run-run']))
  expect(patches.at(-1)?.html).toContain('complete')
  expect(patches.at(-1)?.html).not.toContain('being compared')
})
