import type { RunFolder } from './library/find-runs.ts'
import type { Library } from './library/library.ts'
import { comparisonPage } from './pages/comparison-page.ts'
import type { Crumb, PageRules } from './pages/layout.ts'
import { problemPage } from './pages/problem-page.ts'
import { runPage } from './pages/run-page.ts'
import { type ListedRun, runsPage } from './pages/runs-page.ts'
import { verdictBlock, verdictLine } from './pages/verdict-markup.ts'
import { type PageAnswer, pairAnswer, trialAnswer } from './trial-answers.ts'

/** Every page of the viewer, by its address below the root. The server and a copy on disk show the same ones. */
export interface ViewerPages {
  answer(path: string): Promise<PageAnswer>
}

const PATH = /^runs\/([^/]+)\/(?:(index|compare)|trials\/([^/]+?)(\.whole)?|pairs\/([^/~]+)~([^/~]+))\.html$/

export function viewerPages(library: Library, rules: PageRules, signal: AbortSignal): ViewerPages {
  const answer = async (path: string): Promise<PageAnswer> => {
    if (path === '' || path === 'index.html') return listAnswer(library, rules)
    const [, key = '', name, trial, whole, left, right] = PATH.exec(path) ?? []
    const found = await library.find(key)
    if (found === undefined) return missing(path, rules)
    const { run, store } = found
    if (rules.isCopy || name === 'compare') await store.settle({ isComparing: true, signal })
    const view = await store.view()
    if (!view.ok) return brokenRun(run, view.error, { path, rules })
    if (name === 'index') return ok(runPage(view.value, verdictBlock(view.value.comparison, view.value.state), rules))
    if (name === 'compare') return ok(comparisonPage(view.value, rules))
    const shown =
      trial === undefined
        ? await pairAnswer(view.value, [left ?? '', right ?? ''], rules)
        : await trialAnswer(view.value, { id: trial, isWhole: whole !== undefined }, rules)
    return shown ?? missing(path, rules)
  }
  return { answer }
}

function ok(page: string): PageAnswer {
  return { status: 200, page }
}

async function listAnswer(library: Library, rules: PageRules): Promise<PageAnswer> {
  const runs = await library.runs()
  if (!runs.ok) {
    const crumbs = [{ name: 'scriptbench' }]
    return { status: 404, page: problemPage({ title: 'No runs to show', text: runs.error, root: '', crumbs }, rules) }
  }
  const listed: ListedRun[] = []
  for (const { run, store } of runs.value) {
    if (rules.isCopy) await store.settle({ isComparing: true, signal: new AbortController().signal })
    const view = await store.view()
    if (!view.ok) listed.push({ run, kind: 'problem', text: view.error })
    else
      listed.push({ run, kind: 'run', view: view.value, verdict: verdictLine(view.value.comparison, view.value.state) })
  }
  const isLive = listed.some(
    run => run.kind === 'run' && (run.view.state === 'going-on' || run.view.comparison.kind === 'waiting'),
  )
  return ok(runsPage({ reportsDir: library.root, runs: listed, isLive }, rules))
}

/** From the page at `path` to the pages' root. */
function rootOf(path: string): string {
  return '../'.repeat(path.split('/').length - 1)
}

function missing(path: string, rules: PageRules): PageAnswer {
  const root = rootOf(path)
  const crumbs: Crumb[] = [{ name: 'scriptbench', href: `${root}index.html` }, { name: 'nothing here' }]
  const text = 'No page has this address. The run or the trial was probably removed.'
  return { status: 404, page: problemPage({ title: 'Nothing here', text, root, crumbs }, rules) }
}

function brokenRun(run: RunFolder, text: string, { path, rules }: { path: string; rules: PageRules }): PageAnswer {
  const root = rootOf(path)
  const crumbs = [{ name: 'scriptbench', href: `${root}index.html` }, { name: run.folder }]
  return { status: 500, page: problemPage({ title: `${run.folder}: not readable`, text, root, crumbs }, rules) }
}
