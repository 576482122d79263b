import { Hono } from 'hono'
import { viewerAssets } from './assets.ts'
import { guard, secureHeaders } from './guard.ts'
import { createLibrary } from './library/library.ts'
import { liveRun, liveRuns } from './live.ts'
import { viewerPages } from './viewer-pages.ts'

interface ViewerAppOptions {
  reportsDir: string
  token: string
  port(): number
  /** Ends what runs in the background. */
  signal: AbortSignal
}

/** The web application: pages, the files they load, and the streams that keep them up to date. */
export function createViewerApp({ reportsDir, token, port, signal }: ViewerAppOptions): Hono {
  const library = createLibrary(reportsDir)
  const pages = viewerPages(library, { isCopy: false }, signal)
  const assets = viewerAssets()
  const app = new Hono()
  app.use(secureHeaders())
  app.use(guard({ token, port }))
  app.get('/assets/:name', context => {
    const asset = assets[context.req.param('name')]
    if (asset === undefined) return context.notFound()
    return context.body(asset.body, 200, { 'Content-Type': asset.type })
  })
  app.get('/live', context => liveRuns(context, { library, signal }))
  app.get('/runs/:key/live', async context => {
    const found = await library.find(context.req.param('key'))
    return found === undefined ? context.notFound() : liveRun(context, found.store, { library, signal })
  })
  app.get('*', async context => {
    const { status, page } = await pages.answer(context.req.path.slice(1))
    return context.html(page, status)
  })
  app.onError((_error, context) => context.text('The page could not be made; this is a defect of scriptbench.\n', 500))
  return app
}
