import { compareText, groupBy } from '../../../base/lists.ts'
import { sourceFrame } from '../../../base/source-frame.ts'
import type { TrialEvent } from '../../../contracts/events.ts'
import { hasFailed } from '../../../metrics/script-runs.ts'
import type { TrialMetrics } from '../../../metrics/trial-metrics.ts'
import { playerOf } from '../arms.ts'
import type { FailureExample } from './details.ts'

const EXAMPLES_PER_CLASS = 2
const CLASSES_MAX = 24
const MESSAGE_CHARACTERS_MAX = 400
const FRAME_CHARACTERS_MAX = 700

/** Few failures of each class, chosen by what they are and not by when they were read. */
export interface FailureGallery {
  add(trial: TrialMetrics, events: readonly TrialEvent[]): void
  /** By player; `leftOut` counts what was seen and not kept. */
  of(players: ReadonlySet<string>): { examples: FailureExample[]; leftOut: number }
}

interface Shelf {
  seen: number
  kept: { key: string; example: FailureExample }[]
}

export function failureGallery(): FailureGallery {
  const shelves = new Map<string, Map<string, Shelf>>()
  const put = (example: FailureExample) => {
    const byClass = shelves.get(example.player) ?? new Map<string, Shelf>()
    shelves.set(example.player, byClass)
    const name = `${example.kind} ${example.class}`
    const shelf = byClass.get(name) ?? { seen: 0, kept: [] }
    byClass.set(name, shelf)
    shelf.seen++
    const key = JSON.stringify([example.task, example.arm, example.trial, example.turn])
    const last = shelf.kept.at(-1)
    if (shelf.kept.length === EXAMPLES_PER_CLASS && last !== undefined && last.key <= key) return
    // One a task where possible: the same mistake twice teaches little.
    const sameTask = shelf.kept.findIndex(kept => kept.example.task === example.task)
    if (sameTask !== -1) {
      if ((shelf.kept[sameTask]?.key ?? '') <= key) return
      shelf.kept.splice(sameTask, 1)
    }
    shelf.kept.push({ key, example })
    shelf.kept.sort((left, right) => compareText(left.key, right.key))
    shelf.kept.length = Math.min(shelf.kept.length, EXAMPLES_PER_CLASS)
  }
  return {
    add: (trial, events) => {
      for (const example of failuresOf(trial, events)) put(example)
    },
    of: players => {
      const byClass = groupBy(
        [...players].flatMap(player => [...(shelves.get(player) ?? [])]),
        ([name]) => name,
      )
      const ordered = [...byClass].sort(([left], [right]) => rankOf(left) - rankOf(right) || compareText(left, right))
      const examples = ordered.slice(0, CLASSES_MAX).flatMap(([, group]) => {
        const kept = group.flatMap(([, shelf]) => shelf.kept).sort((left, right) => compareText(left.key, right.key))
        return kept.slice(0, EXAMPLES_PER_CLASS).map(({ example }) => example)
      })
      const seen = ordered.flatMap(([, group]) => group).reduce((total, [, shelf]) => total + shelf.seen, 0)
      return { examples, leftOut: seen - examples.length }
    },
  }
}

function rankOf(name: string): number {
  return ['script', 'protocol', 'tool'].indexOf(name.split(' ')[0] ?? '')
}

function* failuresOf(trial: TrialMetrics, events: readonly TrialEvent[]): Generator<FailureExample> {
  const where = { player: playerOf(trial), trial: trial.trialId, task: trial.task, arm: armText(trial) }
  const sources = new Map<string, string>()
  let turn = 0
  let source: string | undefined
  for (const event of events) {
    if (event.type === 'content' && event.kind === 'script' && typeof event.value === 'string')
      sources.set(event.hash, event.value)
    if (event.type === 'model_request') turn = event.turn
    if (event.type === 'script_start') source = sources.get(event.source)
    if (event.type === 'script_end' && event.failure !== undefined && hasFailed(event)) {
      const { message, line, column, frame } = event.failure
      const shown =
        frame ?? (source === undefined || line === undefined ? undefined : sourceFrame(source, line, column))
      const example = { kind: 'script', class: event.failure.class, ...where, turn, message: cut(message) } as const
      yield shown === undefined ? example : { ...example, frame: cut(shown, FRAME_CHARACTERS_MAX) }
    }
    if (event.type === 'protocol_error')
      yield { kind: 'protocol', class: event.class, ...where, turn, message: cut(event.message) }
    if (event.type === 'tool_call' && event.call.error !== undefined && event.call.error.code !== 'cancelled') {
      const { tool, error } = event.call
      yield { kind: 'tool', class: error.code, ...where, turn, message: cut(`${tool}: ${error.message}`) }
    }
  }
}

function armText({ mode, reinjection }: TrialMetrics): string {
  return reinjection === 'off' ? mode : `${mode} · ${reinjection}`
}

function cut(text: string, charactersMax = MESSAGE_CHARACTERS_MAX): string {
  return text.length <= charactersMax ? text : `${text.slice(0, charactersMax - 1)}…`
}
