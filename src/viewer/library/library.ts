import type { Result } from '../../contracts/result.ts'
import { findRuns, type RunFolder } from './find-runs.ts'
import { createRunStore, type RunStore } from './run-store.ts'

/** The runs of a folder, each with what was read of it so far. */
export interface Library {
  readonly root: string
  runs(): Promise<Result<{ run: RunFolder; store: RunStore }[], string>>
  /** Nothing for a key that no run has. */
  find(key: string): Promise<{ run: RunFolder; store: RunStore } | undefined>
}

export function createLibrary(root: string): Library {
  const stores = new Map<string, RunStore>()

  const storeOf = (run: RunFolder): RunStore => {
    const store = stores.get(run.path) ?? createRunStore(run)
    stores.set(run.path, store)
    return store
  }

  const runs: Library['runs'] = async () => {
    const found = await findRuns(root)
    return found.ok ? { ok: true, value: found.value.map(run => ({ run, store: storeOf(run) })) } : found
  }

  const find: Library['find'] = async key => {
    const found = await runs()
    return found.ok ? found.value.find(({ run }) => run.key === key) : undefined
  }

  return { root, runs, find }
}
