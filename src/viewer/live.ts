import type { Context } from 'hono'
import { streamSSE } from 'hono/streaming'
import type { Markup } from '../report/formats/html/markup.ts'
import type { Library } from './library/library.ts'
import type { RunStore, RunView } from './library/run-store.ts'
import { armsMarkup, factorsOf, statusMarkup } from './pages/run-page.ts'
import { listedRow } from './pages/runs-page.ts'
import { taskMatrix } from './pages/task-matrix.ts'
import { trialLine } from './pages/trial-table.ts'
import { verdictBlock, verdictLine } from './pages/verdict-markup.ts'

const POLL_MS = 500

/** A change to a page: the element with this id gets another content, or a row takes its place or is added. */
export interface PagePatch {
  id: string
  html: string
  /** The whole element rather than its content. */
  isElement?: true
}

export interface LiveOptions {
  library: Library
  signal: AbortSignal
}

/** Sends a run's page what has changed since its revision, until nothing will change any more. */
export function liveRun(context: Context, store: RunStore, { signal }: LiveOptions): Response {
  const asked = context.req.header('last-event-id') ?? context.req.query('since')
  return streamSSE(context, async stream => {
    let since = Number(asked ?? 0)
    let last = ''
    while (!stream.aborted && !signal.aborted) {
      const view = await store.view()
      if (!view.ok) break
      const isAtWork = view.value.state === 'going-on'
      const state = JSON.stringify([
        view.value.revision,
        view.value.state,
        view.value.comparison.kind,
        view.value.tornLines,
      ])
      if (state !== last) {
        const data = JSON.stringify(runPatches(view.value, since))
        await stream.writeSSE({ event: 'patch', id: String(view.value.revision), data })
        since = view.value.revision
        last = state
      }
      if (!isAtWork && view.value.comparison.kind !== 'waiting') break
      await settleFor(store, { isComparing: !isAtWork, signal })
      await stream.sleep(POLL_MS)
    }
    if (!signal.aborted) await stream.writeSSE({ event: 'end', data: '' })
  })
}

/** What was measured of a run that goes on is shown before the rest is. */
async function settleFor(store: RunStore, options: { isComparing: boolean; signal: AbortSignal }): Promise<void> {
  await Promise.race([store.settle(options), new Promise(resolve => setTimeout(resolve, POLL_MS).unref())])
}

function runPatches(view: RunView, since: number): PagePatch[] {
  const factors = factorsOf(view)
  const part = (id: string, content: Markup): PagePatch => ({ id, html: content.markup })
  const rows = view.rows.filter(row => row.revision > since)
  return [
    part('run-status', statusMarkup(view)),
    part('run-verdict', verdictBlock(view.comparison, view.state)),
    part('run-arms', armsMarkup(view)),
    part('run-matrix', taskMatrix(view.rows, factors)),
    ...rows.map((row): PagePatch => ({ ...part(`row-${row.id}`, trialLine(row, factors, true)), isElement: true })),
  ]
}

/** Sends the list of runs each row that has changed. */
export function liveRuns(context: Context, { library, signal }: LiveOptions): Response {
  return streamSSE(context, async stream => {
    const sent = new Map<string, string>()
    while (!stream.aborted && !signal.aborted) {
      const runs = await library.runs()
      if (!runs.ok) break
      const patches: PagePatch[] = []
      let isBusy = false
      for (const { run, store } of runs.value) {
        const view = await store.view()
        if (!view.ok) continue
        const { comparison, state } = view.value
        isBusy ||= state === 'going-on' || comparison.kind === 'waiting'
        const verdict = verdictLine(comparison, state)
        const row = listedRow({ run, kind: 'run', view: view.value, verdict }).markup
        if (sent.get(run.key) !== row) patches.push({ id: `run-${run.key}`, html: row, isElement: true })
        sent.set(run.key, row)
        if (state !== 'going-on') await settleFor(store, { isComparing: true, signal })
      }
      if (patches.length > 0) await stream.writeSSE({ event: 'patch', data: JSON.stringify(patches) })
      if (!isBusy) break
      await stream.sleep(POLL_MS)
    }
    if (!signal.aborted) await stream.writeSSE({ event: 'end', data: '' })
  })
}
