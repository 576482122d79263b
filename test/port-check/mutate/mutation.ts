/** One small change of one source file. */
export interface Mutation {
  /** `tools/list-dir.ts:64:7 relational →<=`: the same for the same sources. */
  id: string
  /** Relative to the folder of sources. */
  file: string
  /** 1-based. */
  line: number
  operator: string
  /** The function it is in; empty outside of any. */
  within: string
  /** The characters from `start` to `end` are replaced. */
  start: number
  end: number
  replacement: string
  /** The lines that change, before and after. */
  before: string
  after: string
  /** What a case would have to do to notice it. */
  idea: string
}

/** The source with the change. */
export function applyMutation(source: string, { start, end, replacement }: Mutation): string {
  return source.slice(0, start) + replacement + source.slice(end)
}
