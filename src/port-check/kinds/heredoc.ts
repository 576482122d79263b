import { posix } from 'node:path'
import { z } from 'zod'
import type { CaseFolder } from '../check/case-folder.ts'
import type { CorpusKind, Observed, PortCase } from '../corpus/corpus-kind.ts'
import type { Tree } from '../corpus/tree.ts'
import { PortFault } from '../port/port-fault.ts'
import type { PortReply } from '../port/port-protocol.ts'
import { caseFields, has, isUnstableIn } from './case-fields.ts'

const recorded = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('patch'),
    /** Changed paths, relative to the working directory. */
    files: z.array(z.string()),
    /** What they contain afterwards, where that was recorded. */
    content: z.record(z.string(), z.string()).default({}),
  }),
  z.object({ kind: z.literal('not_patch') }),
  z.object({ kind: z.literal('error'), message: z.string().optional() }),
])
type Recorded = z.infer<typeof recorded>

const heredocCase = z.object({
  ...caseFields,
  source: z.string().default('own'),
  argv: z.array(z.string()),
  observed: z.record(z.string(), recorded.nullable()),
})
type HeredocCase = z.infer<typeof heredocCase>

const recognised = z.object({ kind: z.enum(['plain', 'patch', 'refused']), message: z.string().optional() })

/** The folders the call's working directory has, as the corpus describes them. */
export const HEREDOC_START: Tree = { 'foo/deep': { d: 1 }, bar: { d: 1 }, 'foo bar': { d: 1 }, foox: { d: 1 } }

/** Which commands are a patch in disguise: intercepted, refused or left to run. */
export const heredoc: CorpusKind = {
  name: 'heredoc',
  tool: 'heredoc',
  corpora: ['apply_patch_invocation', 'heredoc'],
  fits: line => has(line, 'argv', 'observed'),
  open: () => line => portCase(heredocCase.parse(line)),
}

function portCase(one: HeredocCase): PortCase {
  return {
    id: one.id,
    category: one.source === 'own' ? 'own' : 'upstream',
    tags: one.tags,
    versions: Object.keys(one.observed).filter(version => one.observed[version] !== null),
    isUnstable: isUnstableIn(one.unstable),
    async prepare(folder) {
      folder.write(HEREDOC_START)
    },
    async run({ folder, version, call }) {
      const before = folder.read()
      const reply = await call({ tool: 'heredoc', args: { command: one.argv.map(folder.filled) } })
      const wanted = one.observed[version] as Recorded
      return { expected: expectedOf(wanted), observed: observedOf(reply, wanted, { folder, before }) }
    },
  }
}

function expectedOf(wanted: Recorded): Observed {
  if (wanted.kind === 'patch')
    return { exit: 'patch', result: { files: wanted.files.toSorted(), content: wanted.content } }
  if (wanted.kind === 'not_patch') return { exit: 'not_patch' }
  return { exit: 'error', ...(wanted.message !== undefined && { texts: { message: wanted.message } }) }
}

function observedOf(reply: PortReply, wanted: Recorded, trees: { folder: CaseFolder; before: Tree }): Observed {
  if (!reply.ok) {
    return refused(trees.folder.emptied(reply.error.message), wanted)
  }
  const parsed = recognised.safeParse(reply.result)
  if (!parsed.success)
    throw new PortFault('bad-reply', 'result: expected {kind: "plain" | "patch" | "refused", message?}')
  const { kind, message = '' } = parsed.data
  if (kind === 'refused') return refused(trees.folder.emptied(message), wanted)
  const { files, content } = changes(trees)
  if (kind === 'plain') return files.length === 0 ? { exit: 'not_patch' } : { exit: 'not_patch', result: { files } }
  const looked = wanted.kind === 'patch' ? Object.keys(wanted.content) : []
  return { exit: 'patch', result: { files, content: Object.fromEntries(looked.map(path => [path, content(path)])) } }
}

function refused(message: string, wanted: Recorded): Observed {
  return { exit: 'error', ...(wanted.kind === 'error' && wanted.message !== undefined && { texts: { message } }) }
}

function changes({ folder, before }: { folder: CaseFolder; before: Tree }) {
  const after = folder.read()
  const paths = new Set([...Object.keys(before), ...Object.keys(after)])
  const files = [...paths].filter(path => isFileChange(before[path], after[path])).toSorted()
  return { files, content: (path: string) => after[posix.normalize(path)]?.f ?? '' }
}

/** Folders that were made or filled on the way do not count as changed files. */
function isFileChange(before: Tree[string] | undefined, after: Tree[string] | undefined): boolean {
  if (JSON.stringify(before) === JSON.stringify(after)) return false
  return [before, after].some(entry => entry !== undefined && entry.d === undefined)
}
