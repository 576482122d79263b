import { existsSync, statSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import type { Command } from 'commander'
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
import { OPTIONS } from '../../options.ts'
import { printJson, printLine, printNote } from '../../terminal/print.ts'
import { exitOnSignals, obtainUpstream, skippingUnavailable } from './upstream.ts'

const RECORDABLE = RECORDERS.map(({ kind }) => kind).join(', ')

interface RecordFlags {
  upstream: string[]
  tool?: string[]
  corpus?: string[]
  out?: string
  json?: true
}

export function addPortsRecordCommand(ports: Command): void {
  ports
    .command('record')
    .description('run recorded cases through a release of the real program and record what it does')
    .requiredOption('--upstream <releases...>', 'e.g. @openai/codex@0.169.0; kept in ~/.cache/scriptbench/upstream')
    .option('--tool <names...>', 'only these tools, e.g. applyPatch')
    .option('--corpus <files...>', 'files whose cases are run (default: those of the package)')
    .option('--out <file-or-folder>', 'where the new files go (default: the working directory)')
    .addOption(OPTIONS.json())
    .addHelpText(
      'after',
      `\nCan be recorded: ${RECORDABLE}; not exec, readFile, listDir and grepFiles of releases after 0.99.\n` +
        '\nExit codes: 0 recorded, 5 nothing recorded: the program is not available here, or does not have the tool.\n' +
        '\nExample:\n  scriptbench ports record --upstream @openai/codex@0.169.0 --tool applyPatch --out new.jsonl',
    )
    .action(recordAction)
}

async function recordAction({ upstream, tool, corpus, out, json }: RecordFlags): Promise<void> {
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
