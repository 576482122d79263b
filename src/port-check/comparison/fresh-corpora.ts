import { existsSync } from 'node:fs'
import { copyFile, mkdir, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { UserError } from '../../contracts/errors.ts'
import { siblingsOf } from '../corpus/case-index.ts'
import { kindFilter } from '../corpus/select-cases.ts'
import { recordCorpus } from '../record/record-corpus.ts'
import { recordableCorpora } from '../record/recordable-corpora.ts'
import { installUpstream } from '../upstream/upstream-program.ts'

export interface FreshCorpora {
  /** Files of what the release does today, in the folder given. */
  files: string[]
  /** The release, as a profile. */
  version: string
}

/**
 * Runs the cases of corpora through the real program. Those that cannot be recorded are left out, and those
 * whose tool the release does not have are reported. Rejects with `UpstreamUnavailable` where the program is not available.
 */
export async function freshCorpora(
  spec: string,
  corpora: readonly string[],
  { folder, tools, onStep }: { folder: string; tools?: readonly string[]; onStep?(what: string): void },
): Promise<FreshCorpora> {
  const program = await installUpstream(spec)
  const files: string[] = []
  await mkdir(folder, { recursive: true })
  for (const file of await recordableCorpora(corpora, kindFilter(tools))) {
    onStep?.(`recording ${basename(file)} with ${program.spec}`)
    const recorded = await recordCorpus({ file, programs: [program] })
    const refusal = recorded.versions[0]?.refusal
    if (refusal !== undefined) {
      onStep?.(`left out: ${refusal}`)
      continue
    }
    const target = join(folder, basename(file))
    await writeFile(target, recorded.text)
    files.push(target)
    // Cases of the tool find their patches in corpora next to them.
    for (const sibling of siblingsOf(file)) {
      const copy = join(folder, basename(sibling))
      if (existsSync(sibling) && !existsSync(copy)) await copyFile(sibling, copy)
    }
  }
  if (files.length > 0) return { files, version: program.version }
  throw new UserError('nothing-to-run', `--upstream ${spec}: none of these tools can be recorded with it.`)
}
