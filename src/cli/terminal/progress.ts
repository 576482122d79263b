import type { RunProgress } from '../../run/suite/run-suite.ts'
import { armText } from './arm-text.ts'

export interface Progress {
  update(progress: RunProgress): void
  /** Keeps the screen still while a question is shown. */
  hold(isHeld: boolean): void
  end(): void
}

export interface ProgressOptions {
  isJson: boolean
  stream: NodeJS.WriteStream
}

/** A command can print faster than anyone reads. */
const OUTPUT_REDRAW_MS = 250
const OUTPUT_CHARACTERS_MAX = 2_000

interface ArmCount {
  done: number
  solved: number
}

/** On a terminal a few lines that are redrawn; elsewhere one plain line per trial. Never on stdout. */
export function createProgress({ isJson, stream }: ProgressOptions): Progress {
  if (isJson) return { update: () => undefined, hold: () => undefined, end: () => undefined }
  return stream.isTTY ? createTerminalProgress(stream) : createPlainProgress(stream)
}

function createPlainProgress(stream: NodeJS.WriteStream): Progress {
  return {
    update(progress) {
      if (progress.type === 'run-start') stream.write(`${startLine(progress)}\n`)
      if (progress.type === 'trial-end') {
        const { done, outcome, toRun, trial } = progress
        stream.write(
          `${done}/${toRun} ${trial.task} ${trial.model.spec} ${armText(trial.arm)} #${trial.repeat + 1} ${oneLine(outcomeText(outcome))}\n`,
        )
      }
    },
    hold: () => undefined,
    end: () => undefined,
  }
}

function createTerminalProgress(stream: NodeJS.WriteStream): Progress {
  const arms = new Map<string, ArmCount>()
  const startedAtMs = Date.now()
  let linesOnScreen = 0
  let running = 0
  let held = 0
  let latest: Extract<RunProgress, { type: 'trial-end' }> | undefined
  let output: { line: string; drawnAtMs: number } | undefined
  const draw = () => {
    if (held > 0) return
    const armLines = [...arms].map(([arm, { done, solved }]) => `  ${arm}: ${solved} of ${done} solved`)
    const lines = [headLine(), ...(output === undefined ? [] : [output.line]), ...armLines]
    const text = fitted(lines, stream).map(line => `${line}\n`)
    stream.write(`${linesOnScreen > 0 ? `\x1b[${linesOnScreen}A\x1b[0J` : ''}${text.join('')}`)
    linesOnScreen = text.length
  }
  const headLine = () => {
    if (latest === undefined) return `${running} running`
    const { done, spent, toRun } = latest
    const tokens = spent.tokens === 0 ? '' : `, ${compact(spent.tokens)} tokens`
    const cost = spent.usd === 0 ? '' : `, $${spent.usd.toFixed(2)}`
    const leftMs = ((Date.now() - startedAtMs) / done) * (toRun - done)
    return `${done}/${toRun} trials (${running} running)${tokens}${cost}, about ${duration(leftMs)} left`
  }
  return {
    update(progress) {
      if (progress.type === 'run-start') {
        stream.write(`${startLine(progress)}\n`)
        return
      }
      if (progress.type === 'tool-output') {
        const line = outputLine(progress)
        const isDue = Date.now() - (output?.drawnAtMs ?? 0) >= OUTPUT_REDRAW_MS
        if (line === undefined || !isDue) return
        output = { line, drawnAtMs: Date.now() }
        draw()
        return
      }
      running += progress.type === 'trial-start' ? 1 : -1
      if (progress.type === 'trial-end') {
        count(arms, progress)
        latest = progress
      }
      draw()
    },
    hold(isHeld) {
      held += isHeld ? 1 : -1
      // What was drawn stays above the question.
      linesOnScreen = 0
    },
    end() {
      linesOnScreen = 0
    },
  }
}

/** What a command printed last: the end of a piece of its output that is a line of text. */
function outputLine({ trial, text }: Extract<RunProgress, { type: 'tool-output' }>): string | undefined {
  const last = text.slice(-OUTPUT_CHARACTERS_MAX).trimEnd().split('\n').at(-1)?.trim()
  return last ? `  ${trial.task}: ${oneLine(last)}` : undefined
}

/** Lines that wrap or scroll could not be drawn over. */
function fitted(lines: readonly string[], { columns, rows }: NodeJS.WriteStream): string[] {
  // A terminal that does not know its size says 0.
  const shownMax = Math.max(1, (rows || 24) - 2)
  const shown = lines.slice(0, shownMax)
  if (lines.length > shownMax) shown.splice(-1, 1, `  … and ${lines.length - shownMax + 1} more arms`)
  return shown.map(line => line.slice(0, Math.max(20, (columns || 80) - 1)))
}

function compact(value: number): string {
  return new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 }).format(value)
}

function count(arms: Map<string, ArmCount>, { trial, outcome }: Extract<RunProgress, { type: 'trial-end' }>): void {
  const name = `${shortModel(trial.model.spec)} · ${armText(trial.arm)}`
  const arm = arms.get(name) ?? { done: 0, solved: 0 }
  arms.set(name, { done: arm.done + 1, solved: arm.solved + (outcome.kind === 'solved' ? 1 : 0) })
}

function startLine({ planned, alreadyDone, toRun, sandbox }: Extract<RunProgress, { type: 'run-start' }>): string {
  const resumed = alreadyDone > 0 ? `, ${alreadyDone} already done` : ''
  return `${planned} trials${resumed}, ${toRun} to run; sandbox: ${sandbox.mechanism}`
}

function outcomeText(outcome: Extract<RunProgress, { type: 'trial-end' }>['outcome']): string {
  switch (outcome.kind) {
    case 'limited':
      return `limited (${outcome.limit})`
    case 'failed':
      return `failed (${outcome.cause.area}: ${outcome.cause.message})`
    default:
      return outcome.kind
  }
}

const LINE_CHARACTERS_MAX = 300

/** A cause can quote what a program printed: one line of it, and nothing that a terminal would obey. */
function oneLine(text: string): string {
  const plain = text.replace(/\p{Cc}+/gu, ' ')
  return plain.length <= LINE_CHARACTERS_MAX ? plain : `${plain.slice(0, LINE_CHARACTERS_MAX - 1)}…`
}

function duration(ms: number): string {
  const seconds = Math.round(ms / 1000)
  return seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} min`
}

/** A terminal's line has room for the counts only where a base URL is left out. */
function shortModel(spec: string): string {
  const name = spec.replace(/@https?:.*$/, '')
  return name.length <= 32 ? name : `${name.slice(0, 31)}…`
}
