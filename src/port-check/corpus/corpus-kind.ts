import type { JsonObject, JsonValue } from '../../contracts/json.ts'
import type { CaseFolder } from '../check/case-folder.ts'
import type { PortProfile, PortReply, PortRequest, PortTool } from '../port/port-protocol.ts'
import type { Tree } from './tree.ts'

/** What can be seen of one run, upstream's or a port's, in upstream's words. Absent: not observable in this corpus. */
export interface Observed {
  exit?: number | string
  /** What people and models read, by name: `stdout`, `message`, … A difference here alone is a difference of text only. */
  texts?: Readonly<Record<string, string>>
  /** What the tool is there for: the lines read, the paths found. */
  result?: JsonValue
  tree?: Tree
  events?: JsonValue
}

export interface CaseOutcome {
  /** The tree before the run, in the form of `CaseFolder.read`. */
  before?: Tree
  expected: Observed
  observed: Observed
  /** The same without what upstream itself would do differently on another machine. If only this is equal, the case proves nothing. */
  portable?: { expected: Observed; observed: Observed }
}

/** What a case is run with. `call` throws a `PortFault` when the port hangs, crashes or floods; runners let it pass. */
export interface CaseRun {
  /** The recorded version, e.g. `0.169.0`. */
  version: string
  profile: PortProfile
  folder: CaseFolder
  call(request: Pick<PortRequest, 'tool' | 'args'> & Partial<PortRequest>): Promise<PortReply>
}

/** One line of a corpus, understood. */
export interface PortCase {
  id: string
  category: string
  tags: readonly string[]
  /** The versions it was recorded with. */
  versions: readonly string[]
  isUnstable(version: string): boolean
  /** Why a version of the case is not checked at all; such are counted apart. */
  outOfScope?(version: string): string | undefined
  /** Cases of one session share a folder and run in order; `prepare` is called for the first. */
  session?: string
  /** Names the tree among those of the file, where nothing is meant to change it: one that is as it was serves the next case. */
  sharedTree?: string
  /** How long a call can take; absent: the usual time. */
  timeoutMs?: number
  /** Writes the tree that the case starts from. */
  prepare(folder: CaseFolder): Promise<void>
  run(on: CaseRun): Promise<CaseOutcome>
}

/** Cases of other corpora, for corpora that refer to them by id. */
export interface CaseIndex {
  find(id: string): JsonObject | undefined
}

/** One kind of corpus. */
export interface CorpusKind {
  /** How it is called in tables: `applyPatch`, `readFile`. */
  name: string
  /** What `--tool` selects it by. */
  tool: PortTool
  /** The header's `corpus`. */
  corpora: readonly string[]
  /** Whether a case of a file without header is one of these. */
  fits(line: JsonObject): boolean
  /** Gives the reader of the file's lines; both throw a `ZodError` for what does not have the right shape. */
  open(header: JsonObject, index: CaseIndex): (line: JsonObject) => PortCase
}
