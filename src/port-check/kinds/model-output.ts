import { z } from 'zod'
import { truncateOutput } from '../../tools/exec/truncate-output.ts'
import type { CaseFolder } from '../check/case-folder.ts'
import type { CorpusKind, Observed, PortCase } from '../corpus/corpus-kind.ts'
import type { PortReply } from '../port/port-protocol.ts'
import { caseFields, has, isUnstableIn, type NamedTree, namedTrees, oracle } from './case-fields.ts'
import { ARGUMENTS_REFUSED, readUpstreamArguments } from './upstream-arguments.ts'

const outputCase = z.object({
  ...caseFields,
  tree: z.string(),
  /** Arguments as upstream names them; a text is the raw text of the call. */
  args: z.union([z.string(), z.record(z.string(), z.json())]),
  output: z.string(),
})
type OutputCase = z.infer<typeof outputCase>

const header = z.object({ trees: namedTrees, oracle })

interface ReaderTool {
  tool: 'readFile' | 'listDir' | 'grepFiles'
  corpus: string
  /** How an answer begins that is not an error. */
  success: RegExp
  /** The field that only this tool has. */
  sign: string
}

/** `Total output lines` heads an answer that the output rules have cut. */
const READERS: readonly ReaderTool[] = [
  { tool: 'readFile', corpus: 'read_file', success: /^(?:L\d+: |Total output lines: |$)/, sign: 'file_path' },
  { tool: 'listDir', corpus: 'list_dir', success: /^(?:Absolute path: |Total output lines: )/, sign: 'dir_path' },
  {
    tool: 'grepFiles',
    corpus: 'grep_files',
    success: /^(?:\/|\{\{|Total output lines: |No matches found\.$)/,
    sign: 'pattern',
  },
]

/** The tools that only read: what the model is shown, over a tree that must not change. */
export const modelOutputKinds: readonly CorpusKind[] = READERS.map(reader => ({
  name: reader.tool,
  tool: reader.tool,
  corpora: [reader.corpus, reader.tool],
  fits: line => has(line, 'tree', 'args', 'output') && JSON.stringify(line.args).includes(reader.sign),
  open(given) {
    const { trees, oracle: versions = { '0.55.0': '' } } = header.parse(given)
    return line => {
      const one = outputCase.parse(line)
      return portCase(one, { reader, tree: treeNamed(one.tree, trees), versions: Object.keys(versions) })
    }
  },
}))

function treeNamed(name: string, trees: Record<string, NamedTree>): NamedTree {
  const tree = Object.hasOwn(trees, name) ? trees[name] : undefined
  if (tree !== undefined) return tree
  const message = `expected one of the header's trees (${Object.keys(trees).join(', ') || 'it has none'}), got ${name}`
  throw new z.ZodError([{ code: 'custom', path: ['tree'], message, input: name }])
}

interface Setting {
  reader: ReaderTool
  tree: NamedTree
  versions: string[]
}

function portCase(one: OutputCase, { reader, tree, versions }: Setting): PortCase {
  return {
    id: one.id,
    category: one.tags[0] ?? 'other',
    tags: one.tags,
    versions,
    isUnstable: isUnstableIn(one.unstable),
    async prepare(folder) {
      folder.write(tree.tree, { fifos: tree.fifo, hasOrderedTimes: tree.mtime })
    },
    async run({ folder, call }) {
      const before = folder.read()
      const text = folder.filled(typeof one.args === 'string' ? one.args : JSON.stringify(one.args))
      // A text without a value is handed on as null, which a port has to refuse.
      const reply = await call({ tool: reader.tool, args: readUpstreamArguments(reader.tool, text) ?? null })
      return {
        expected: { ...asSeen(one.output, reader.success.test(one.output)), tree: before },
        observed: { ...asSeen(modelText(reply, folder), reply.ok), tree: folder.read() },
      }
    },
  }
}

function modelText(reply: PortReply, folder: CaseFolder): string {
  if (reply.ok) return folder.emptied(reply.isCapped ? (reply.text ?? '') : truncateOutput(reply.text ?? ''))
  return folder.emptied(reply.error.message)
}

/** What was read is what the tool is for; the words of an error are text. A parser's own words are not compared. */
function asSeen(output: string, isSuccess: boolean): Observed {
  if (isSuccess) return { exit: 'ok', result: output }
  const message = output.startsWith(ARGUMENTS_REFUSED) ? ARGUMENTS_REFUSED : output
  return { exit: 'failed', texts: { message } }
}
