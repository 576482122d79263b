import { existsSync, statSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { UserError } from '../../../contracts/errors.ts'
import { EXIT } from '../../../contracts/exit-codes.ts'
import { ownCorpora } from '../../../port-check/corpus/own-corpora.ts'
import { kindFilter } from '../../../port-check/corpus/select-cases.ts'
import { describeRecord } from '../../../port-check/record/describe-record.ts'
import { recordCorpus } from '../../../port-check/record/record-corpus.ts'
import { recordableCorpora } from '../../../port-check/record/recordable-corpora.ts'
import { RECORDERS } from '../../../port-check/record/recorders.ts'
import type { UpstreamProgram } from '../../../port-check/upstream/upstream-program.ts'
import { upstreamVersion } from '../../../port-check/upstream/upstream-program.ts'
import type { Action } from '../../options/command-table.ts'
import { printJson, printLine, printNote } from '../../terminal/print.ts'
import { exitOnSignals, obtainUpstream, skippingUnavailable } from './upstream.ts'

const RECORDABLE = RECORDERS.map(({ kind }) => kind).join(', ')

export const record: Action<'ports record'> = async (_, { upstream, tool, corpus, out, json }) => {
  exitOnSignals()
  for (const spec of upstream) upstreamVersion(spec)
  const files = corpus ?? (await recordableCorpora(await ownCorpora(), kindFilter(tool)))
  if (files.length === 0) {
    throw new UserError(
      'nothing-to-run',
      `--tool ${tool?.join(' ')}: expected one that can be recorded: ${RECORDABLE}.`,
    )
  }
  const targets = files.map(file => targetOf(file, { out, isOnly: files.length === 1 }))
  const programs = (await Promise.all(upstream.map(obtainUpstream))).filter(found => found !== undefined)
  if (programs.length === 0) return
  const reports = []
  for (const [index, file] of files.entries()) {
    const report = await recordOne(file, { programs, target: targets[index] as string, isQuiet: json === true })
    if (report !== undefined) reports.push(report)
  }
  if (json) printJson(reports)
  const isRecorded = reports.some(({ versions }) => versions.some(({ refusal }) => refusal === undefined))
  if (!isRecorded) process.exitCode = EXIT.nothingRan
}

interface Recording {
  programs: readonly UpstreamProgram[]
  target: string
  isQuiet: boolean
}

async function recordOne(file: string, { programs, target, isQuiet }: Recording) {
  printNote(`recording ${file} …`)
  const recorded = await skippingUnavailable(() => recordCorpus({ file, programs }))
  if (recorded === undefined) return undefined
  const { text, ...report } = recorded
  if (report.versions.some(({ refusal }) => refusal === undefined)) await writeFile(target, text)
  if (!isQuiet) printLine(describeRecord(recorded, target))
  return { ...report, out: target }
}

/** Only a file that is named is overwritten. */
function targetOf(file: string, { out, isOnly }: { out: string | undefined; isOnly: boolean }): string {
  const isFolder = out !== undefined && (statSync(out, { throwIfNoEntry: false })?.isDirectory() ?? false)
  if (out !== undefined && !isFolder) {
    if (isOnly) return resolve(out)
    throw new UserError('usage', `--out ${out}: expected an existing folder, since several corpora are recorded.`)
  }
  const target = resolve(out ?? '.', basename(file))
  if (!existsSync(target)) return target
  throw new UserError('usage', `${target}: already exists; name it with --out to overwrite it.`)
}
