import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { dirname, join, posix } from 'node:path'
import { UserError } from '../contracts/errors.ts'
import { viewerAssets } from './assets.ts'
import { createLibrary } from './library/library.ts'
import { viewerPages } from './viewer-pages.ts'

/** Every link of our own pages to another one. Foreign text has no unescaped quotes, so none of it can look like one. */
const LINKS = /href="([^"#:]+\.html)(?:#[^"]*)?"/g

/** Writes all pages that can be reached from the list of runs, as files that need no server. */
export async function exportSite(reportsDir: string, outDir: string, signal: AbortSignal): Promise<{ pages: number }> {
  await refuseUsed(outDir)
  const library = createLibrary(reportsDir)
  const runs = await library.runs()
  if (!runs.ok) throw new UserError('file-not-found', `${runs.error} Name the folder with the runs.`)
  const site = viewerPages(library, { isCopy: true }, signal)
  const known = new Set(['index.html'])
  for (const path of known) {
    if (signal.aborted) break
    const { page } = await site.answer(path)
    await write(join(outDir, path), page)
    for (const [, link = ''] of page.matchAll(LINKS)) known.add(posix.join(posix.dirname(path), link))
  }
  for (const [name, { body }] of Object.entries(viewerAssets())) await write(join(outDir, 'assets', name), body)
  return { pages: known.size }
}

/** A copy is never mixed with what is there already. */
async function refuseUsed(outDir: string): Promise<void> {
  const entries = await readdir(outDir).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw new UserError('usage', `--export ${outDir}: cannot be used as a folder (${error.code}).`)
  })
  if (entries.length > 0)
    throw new UserError('usage', `--export ${outDir}: the folder is not empty; name one that is new or empty.`)
}

async function write(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, text)
}
