import type { RunProgress } from '../run/run-suite.ts'

export interface Progress {
  update(progress: RunProgress): void
  end(): void
}

export interface ProgressOptions {
  isJson: boolean
  stream: NodeJS.WriteStream
}

interface ArmCount {
  done: number
  solved: number
}

/** On a terminal a few lines that are redrawn; elsewhere one plain line a trial. Never on stdout. */
export function createProgress({ isJson, stream }: ProgressOptions): Progress {
  if (isJson) return { update: () => undefined, end: () => undefined }
  return stream.isTTY ? createTerminalProgress(stream) : createPlainProgress(stream)
}

function createPlainProgress(stream: NodeJS.WriteStream): Progress {
  return {
    update(progress) {
      if (progress.type === 'run-start') stream.write(`${startLine(progress)}\n`)
      if (progress.type === 'trial-end') {
        const { done, outcome, toRun, trial } = progress
        stream.write(
          `${done}/${toRun} ${trial.task} ${trial.model.spec} ${trial.arm.mode} ${trial.arm.reinjection} ${outcomeText(outcome)}\n`,
        )
      }
    },
    end: () => undefined,
  }
}

function createTerminalProgress(stream: NodeJS.WriteStream): Progress {
  const arms = new Map<string, ArmCount>()
  const startedAtMs = Date.now()
  let lines = 0
  let running = 0
  const draw = (text: readonly string[]) => {
    if (lines > 0) stream.write(`\x1b[${lines}A\x1b[0J`)
    stream.write(text.map(line => `${line.slice(0, Math.max(20, (stream.columns ?? 80) - 1))}\n`).join(''))
    lines = text.length
  }
  return {
    update(progress) {
      if (progress.type === 'run-start') stream.write(`${startLine(progress)}\n`)
      if (progress.type === 'trial-start') running++
      if (progress.type !== 'trial-end') return
      running--
      count(arms, progress)
      const { done, toRun, spentUsd } = progress
      const leftMs = ((Date.now() - startedAtMs) / done) * (toRun - done)
      const cost = spentUsd === undefined ? '' : `, $${spentUsd.toFixed(2)}`
      draw([
        `${done}/${toRun} trials (${running} running)${cost}, about ${duration(leftMs)} left`,
        ...[...arms].map(([arm, { done: ended, solved }]) => `  ${arm}: ${solved} of ${ended} solved`),
      ])
    },
    end() {
      lines = 0
    },
  }
}

function count(arms: Map<string, ArmCount>, { trial, outcome }: Extract<RunProgress, { type: 'trial-end' }>): void {
  const name = `${trial.model.spec} · ${trial.arm.mode} · ${trial.arm.reinjection}`
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

function duration(ms: number): string {
  const seconds = Math.round(ms / 1000)
  return seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} min`
}
