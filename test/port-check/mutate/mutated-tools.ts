/** One of our tools as it is mutated. */
export interface MutatedTool {
  name: string
  /** Files, and folders with all that is in them, relative to the folder of sources and without their ending. */
  sources: readonly string[]
  /** Tools or kinds of corpus whose cases have to catch its mutants. */
  corpora: readonly string[]
  /** How many mutants to make. */
  mutants: number
  /** Cases take most of their time waiting, so that several can run at once. */
  waits?: true
}

/**
 * What of our sources is a port of upstream's. Not here: the toolbox, which upstream has nothing like, and the sandbox
 * but for its policy of the environment.
 */
export const MUTATED_TOOLS: readonly MutatedTool[] = [
  {
    name: 'applyPatch',
    sources: ['tools/apply-patch/', 'tools/rust-trim', 'tools/os-error-text'],
    corpora: ['applyPatch', 'readFile', 'listDir', 'grepFiles', 'exec'],
    mutants: 30,
  },
  { name: 'heredoc', sources: ['tools/shell-command/'], corpora: ['heredoc'], mutants: 10 },
  {
    name: 'exec',
    sources: [
      ...['tools/exec/', 'tools/toolbox/approve-call', 'tools/toolbox/session-approvals'],
      ...['tools/apply-patch/write-permission', 'os-sandbox/environment-policy', 'os-sandbox/writable-roots'],
    ],
    corpora: ['exec'],
    mutants: 16,
    waits: true,
  },
  {
    name: 'readFile',
    sources: ['tools/read-file/', 'tools/cut-to-bytes', 'tools/host-files'],
    corpora: ['readFile', 'listDir'],
    mutants: 12,
  },
  { name: 'listDir', sources: ['tools/list-dir/'], corpora: ['listDir'], mutants: 8 },
  { name: 'grepFiles', sources: ['tools/grep-files/'], corpora: ['grepFiles'], mutants: 8 },
  { name: 'fileSearch', sources: ['tools/file-search/'], corpora: ['fileSearch'], mutants: 12 },
  {
    name: 'outputRules',
    sources: ['tools/exec/truncate-output', 'tools/exec/model-text'],
    corpora: ['exec', 'readFile', 'listDir', 'grepFiles'],
    mutants: 8,
    waits: true,
  },
]

/** How many mutants all tools get together by default. */
export const MUTANTS_DEFAULT = MUTATED_TOOLS.reduce((sum, { mutants }) => sum + mutants, 0)

/** The tool that a source belongs to: the one that names it most exactly. */
export function toolOfSource(file: string): MutatedTool | undefined {
  const bare = file.replace(/\.[jt]s$/, '')
  const matches = MUTATED_TOOLS.flatMap(tool =>
    tool.sources
      .filter(source => (source.endsWith('/') ? bare.startsWith(source) : bare === source))
      .map(source => ({ tool, length: source.endsWith('/') ? source.length : Number.POSITIVE_INFINITY })),
  )
  return matches.sort((left, right) => right.length - left.length)[0]?.tool
}
