import { z } from 'zod'
import type { CaseFolder } from '../check/case-folder.ts'
import type { CaseRun, CorpusKind, PortCase } from '../corpus/corpus-kind.ts'
import { PortFault } from '../port/port-fault.ts'
import { caseFields, has, isUnstableIn, namedTrees } from './case-fields.ts'

const foundFile = z.object({
  root: z.string(),
  path: z.string(),
  match_type: z.enum(['file', 'directory']).default('file'),
  score: z.number(),
  indices: z.array(z.int()).nullable(),
})
type FoundFile = z.infer<typeof foundFile>

const searchCase = z.object({
  ...caseFields,
  tree: z.string(),
  query: z.string(),
  roots: z.array(z.string()),
  result: z.record(z.string(), z.union([z.object({ files: z.array(foundFile) }), z.object({ no_reply: z.unknown() })])),
})
type SearchCase = z.infer<typeof searchCase>

const portResult = z.object({
  files: z.array(
    z.object({ path: z.string(), kind: z.enum(['file', 'directory']), score: z.number(), indices: z.array(z.int()) }),
  ),
})

/** Fuzzy file search: which paths, in which order. Scores and positions are shown as text, but not compared. */
export const fileSearch: CorpusKind = {
  name: 'fileSearch',
  tool: 'fileSearch',
  corpora: ['fuzzyFileSearch', 'fileSearch'],
  fits: line => has(line, 'query', 'roots', 'result'),
  open(header) {
    const { trees } = z.object({ trees: namedTrees }).parse(header)
    return line => {
      const one = searchCase.parse(line)
      const tree = Object.hasOwn(trees, one.tree) ? trees[one.tree] : undefined
      if (tree !== undefined) return portCase(one, folder => folder.write(tree.tree, { fifos: tree.fifo }))
      const message = `expected one of the header's trees, got ${one.tree}`
      throw new z.ZodError([{ code: 'custom', path: ['tree'], message, input: one.tree }])
    }
  },
}

function portCase(one: SearchCase, write: (folder: CaseFolder) => void): PortCase {
  return {
    id: one.id,
    category: one.tree,
    tags: one.tags,
    versions: Object.keys(one.result),
    isUnstable: isUnstableIn(one.unstable),
    sharedTree: one.tree,
    async prepare(folder) {
      write(folder)
    },
    async run(on) {
      const recorded = one.result[on.version]
      const expected = recorded && 'files' in recorded ? recorded.files : []
      const observed = await search(one, on)
      return {
        ...{ expected: ranked(expected), observed: ranked(observed) },
        ...(expected.length >= FILES_MAX && {
          portable: { expected: withoutLastScore(expected), observed: withoutLastScore(observed) },
        }),
      }
    },
  }
}

function ranked(files: readonly FoundFile[]) {
  return {
    result: files.map(({ root, path, match_type }) => ({ root, path, match_type })),
    texts: { scores: files.map(({ score, indices }) => `${score} ${indices?.join(',') ?? ''}`).join('\n') },
  }
}

/**
 * As many as a root gives at most. Which of several files with the lowest score are among them depends on the order in
 * which a file system lists folders: on the machine, for upstream as for a port.
 */
const FILES_MAX = 50

function withoutLastScore(files: readonly FoundFile[]) {
  const lowest = Math.min(...files.map(({ score }) => score))
  const distinct = new Set(files.map(({ root, path }) => `${root}\0${path}`))
  const { result, texts } = ranked(files.filter(({ score }) => score > lowest))
  return { result: { files: result, count: files.length, distinct: distinct.size, lowest }, texts }
}

/** The results of all roots by score, those of equal score by path. */
async function search({ query, roots }: SearchCase, { folder, call }: CaseRun): Promise<FoundFile[]> {
  const all: FoundFile[] = []
  for (const root of roots) {
    const reply = await call({ tool: 'fileSearch', args: { pattern: query }, cwd: folder.filled(root) })
    if (!reply.ok) continue
    const parsed = portResult.safeParse(reply.result)
    if (!parsed.success) throw new PortFault('bad-reply', 'result: expected {files: [{path, kind, score, indices}]}')
    const label = roots.find(other => isSamePath(other, root)) ?? root
    all.push(...parsed.data.files.map(({ kind, ...file }) => ({ root: label, match_type: kind, ...file })))
  }
  const order = (left: FoundFile, right: FoundFile) =>
    right.score - left.score || Buffer.compare(Buffer.from(left.path), Buffer.from(right.path))
  return all.sort(order)
}

/** Upstream names a result after the first of the roots that are the same path, whatever slash they end in. */
function isSamePath(left: string, right: string): boolean {
  return left.replace(/\/+$/, '') === right.replace(/\/+$/, '')
}
