import { existsSync, statSync } from 'node:fs'
import { UserError } from '../../contracts/errors.ts'
import { EXIT } from '../../contracts/exit-codes.ts'
import { replaceFile } from '../../log/replace-file.ts'
import type { ComparableRun } from '../../report/comparison/comparable-run.ts'
import { gateJunit } from '../../report/formats/gate-junit.ts'
import { renderGateMarkdown, renderGateTerminal } from '../../report/formats/render-gate.ts'
import { addToBaseline, type Baseline, baselineOf } from '../../report/gate/baseline.ts'
import { evidenceProblem } from '../../report/gate/baseline-evidence.ts'
import { readBaseline, writeBaseline } from '../../report/gate/baseline-file.ts'
import type { GatePolicy } from '../../report/gate/gate-policy.ts'
import { GATE_EXIT, type GateResult } from '../../report/gate/gate-result.ts'
import { gateRun } from '../../report/gate/gate-run.ts'
import { gateJson } from '../../report/gate/gate-schema.ts'
import type { Action, OptionsOf } from '../options/command-table.ts'
import { printJson, printNote } from '../terminal/print.ts'
import { loadRuns } from './compare.ts'
import { loadGatePolicy } from './load-gate-policy.ts'

type GateOptions = OptionsOf<'gate'>

export const gate: Action<'gate'> = async ({ run: folder }, options) => {
  const { against, policy: policyFile, saveBaseline, updateBaseline } = options
  if (against === undefined && (saveBaseline === undefined || updateBaseline)) {
    throw new UserError('usage', 'gate: expected --against <baseline>, or --save-baseline <file> to make one.')
  }
  const policy = await loadGatePolicy(policyFile)
  if (updateBaseline && isFolder(against)) {
    throw new UserError('usage', `--update-baseline: ${against} is a run's folder; expected a baseline file.`)
  }
  if (saveBaseline !== undefined && existsSync(saveBaseline)) {
    throw new UserError(
      'usage',
      `--save-baseline "${saveBaseline}" already exists, and trials of a baseline are never dropped; add to it with --against "${saveBaseline}" --update-baseline, or name another file.`,
    )
  }
  const run = await loadOwnRun(folder)
  if (against !== undefined) {
    const baseline = await loadBaseline(against)
    const result = gateRun(run, baseline, policy)
    await show(result, options)
    process.exitCode = result.exitCode
    if (updateBaseline) await update({ file: against, baseline, run, result })
  }
  if (saveBaseline !== undefined) await save(saveBaseline, run, { policy, isAlone: against === undefined, options })
}

function isFolder(path: string | undefined): boolean {
  return path !== undefined && statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
}

async function loadOwnRun(folder: string): Promise<ComparableRun> {
  const [run] = (await loadRuns([folder])) as [ComparableRun]
  if (run.manifest.imported === undefined) return run
  throw new UserError('usage', `${folder}: its outcomes were measured elsewhere; a gate needs runs of scriptbench.`)
}

async function loadBaseline(path: string): Promise<Baseline> {
  if (isFolder(path)) return baselineOf(await loadOwnRun(path))
  const baseline = await readBaseline(path)
  if (baseline.ok) return baseline.value
  throw new UserError(
    'run-invalid',
    `${baseline.error.message}; expected what --save-baseline wrote, or a run's folder`,
  )
}

async function show(result: GateResult, { json, junit, markdown }: GateOptions): Promise<void> {
  if (junit !== undefined) await write('--junit', junit, gateJunit(result))
  if (markdown !== undefined) await write('--markdown', markdown, renderGateMarkdown(result))
  process.stdout.write(json ? gateJson(result) : renderGateTerminal(result))
}

async function write(option: string, file: string, text: string): Promise<void> {
  const written = await replaceFile(file, [text])
  if (!written.ok) throw new UserError('usage', `${option}: ${written.error.message}`)
}

interface UpdateInput {
  file: string
  baseline: Baseline
  run: ComparableRun
  result: GateResult
}

/** Only a run that passed can be added to the baseline. */
async function update({ file, baseline, run, result }: UpdateInput): Promise<void> {
  if (result.status !== 'pass') return printNote(`baseline not changed: the gate did not pass (${result.status})`)
  const { added, baseline: grown } = addToBaseline(baseline, baselineOf(run))
  if (added === 0) return printNote('baseline not changed: it already has all trials of this run')
  const written = await writeBaseline(file, grown)
  if (!written.ok) throw new UserError('usage', `--update-baseline: ${written.error.message}`)
  printNote(`baseline ${grown.digest.slice(0, 12)}: ${added} trials added to ${file}`)
}

interface SaveOptions {
  policy: GatePolicy
  /** Nothing else was asked for. */
  isAlone: boolean
  options: GateOptions
}

async function save(file: string, run: ComparableRun, { policy, isAlone, options }: SaveOptions): Promise<void> {
  const problem = evidenceProblem(run, policy)
  if (problem !== undefined) {
    printNote(`baseline not saved: ${problem.reason}`)
    if (isAlone && options.json) printJson({ saved: false, reason: problem.reason })
    if (isAlone) process.exitCode = GATE_EXIT[problem.status]
    return
  }
  const baseline = baselineOf(run)
  const written = await writeBaseline(file, baseline)
  if (!written.ok) throw new UserError('usage', `--save-baseline: ${written.error.message}`)
  const trials = baseline.cells.reduce((total, cell) => total + cell.trials.length, 0)
  printNote(`baseline ${baseline.digest.slice(0, 12)}: ${trials} trials in ${file}`)
  if (isAlone && options.json) printJson({ saved: true, file, digest: baseline.digest, trials })
  if (isAlone) process.exitCode = EXIT.done
}
