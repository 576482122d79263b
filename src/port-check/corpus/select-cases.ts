import { UserError } from '../../contracts/errors.ts'
import { PORT_PROFILES, type PortProfile } from '../port/port-protocol.ts'
import type { CorpusKind } from './corpus-kind.ts'
import { CORPUS_KINDS } from './corpus-kinds.ts'
import type { CorpusEntry } from './read-corpora.ts'

export interface CaseSelection {
  /** Tools or kinds of corpus; absent: all. */
  tools?: readonly string[]
  /** A profile or a recorded version; absent: every recorded version. */
  profile?: string
}

/** One case at one version. */
export type SelectedCase = Extract<CorpusEntry, { case: unknown }> & { version: string; profile: PortProfile }

/** Our profile that imitates a version: the newest release up to it, else the oldest. */
export function profileOf(version: string): PortProfile {
  const exact = PORT_PROFILES.find(profile => version === profile || version.startsWith(`${profile}.`))
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return exact ?? (major > 0 || minor >= 169 ? '0.169' : '0.55')
}

/** Whether a kind of corpus is asked for. Throws a `UserError` for a tool that there is not. */
export function kindFilter(tools: readonly string[] | undefined): (kind: CorpusKind) => boolean {
  checkTools(tools)
  return ({ name, tool }) => tools === undefined || tools.includes(name) || tools.includes(tool)
}

/** Cases, once for every selected version, and the lines that are none. */
export function selectCases(entries: readonly CorpusEntry[], { profile }: CaseSelection) {
  const isWanted = (version: string) =>
    profile === undefined || version === profile || version.startsWith(`${profile}.`)
  return {
    broken: entries.filter(entry => 'problem' in entry),
    cases: entries.flatMap(entry =>
      'case' in entry
        ? entry.case.versions
            .filter(isWanted)
            .map((version): SelectedCase => ({ ...entry, version, profile: profileOf(version) }))
        : [],
    ),
  }
}

function checkTools(tools: readonly string[] = []): void {
  const known = [...new Set(CORPUS_KINDS.flatMap(({ tool, name }) => [tool as string, name]))]
  const unknown = tools.find(tool => !known.includes(tool))
  if (unknown === undefined) return
  throw new UserError('usage', `--tool ${unknown}: unknown tool; expected one of ${known.join(', ')}.`)
}
