import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ToolContext } from '../../src/contracts/tool.ts'
import { type CaseFolder, createCaseFolder } from '../../src/port-check/check/case-folder.ts'
import { createWorkspaceView } from '../../src/workspace/workspace-view.ts'

export type { Tree } from '../../src/port-check/corpus/tree.ts'

export interface Corpus<Header, Case> {
  header: Header
  cases: Case[]
}

/** Reads `fixtures/ports/<name>.jsonl`: a header line, then one case a line. */
export function readCorpus<Header, Case>(name: string): Corpus<Header, Case> {
  const file = join(import.meta.dirname, '../../fixtures/ports', `${name}.jsonl`)
  const [header, ...cases] = readFileSync(file, 'utf8')
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line))
  return { header, cases }
}

/** A temporary folder that is the cwd of cases, inside a root of its own. */
export function caseFolder(): CaseFolder & Disposable {
  const parent = realpathSync(mkdtempSync(join(tmpdir(), 'port-')))
  const folder = createCaseFolder(join(parent, 'case'))
  return { ...folder, [Symbol.dispose]: () => rmSync(parent, { recursive: true, force: true }) }
}

/** What a file tool needs of its context, over a real folder. `guestRoot` is that folder itself unless given. */
export function folderContext(hostRoot: string, guestRoot = hostRoot): ToolContext & { wrote: string[] } {
  const wrote: string[] = []
  const context = {
    sandbox: { policy: 'workspace-write' },
    workspace: createWorkspaceView({ hostRoot, guestRoot }),
    signal: new AbortController().signal,
    note: (facts: { wrote?: string[] }) => wrote.push(...(facts.wrote ?? [])),
    wrote,
  }
  return context as unknown as ToolContext & { wrote: string[] }
}
