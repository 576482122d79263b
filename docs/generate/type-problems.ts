import { renderScriptOutcome } from '../../src/agent/render-script-outcome.ts'
import { sourceFrame } from '../../src/base/source-frame.ts'
import type { ScriptOutcome, ScriptTimings, TypeProblem } from '../../src/contracts/script.ts'
import { fenced } from './markdown.ts'

const SOURCE = "const file = await tools.readFile({ filePath: 'a.txt' })\nreturn file.content"

const PROBLEM: TypeProblem = {
  line: 2,
  column: 13,
  code: 2339,
  message: "Property 'content' does not exist on type '{ text: string; startLine: number; endLine: number; }'.",
  frame: sourceFrame(SOURCE, 2, 13),
}

const NOTHING = { logs: [], logsDropped: 0, calls: [], notices: [], timings: {} as ScriptTimings, cacheHit: false }

/** What a type check adds to an observation, on an example. */
export function typeProblems(): string {
  const { code: _, ...place } = PROBLEM
  const ran: ScriptOutcome = { ...NOTHING, ok: true }
  const blocked: ScriptOutcome = { ...NOTHING, ok: false, failure: { class: 'type', ...place } }
  return [
    '### Type problems',
    'The declarations are the same under every level of `typeCheck`, and a program without problems is observed alike. Under `warn`, up to five problems stand below what the program returned and logged:',
    fenced(renderScriptOutcome(ran, [PROBLEM])),
    'Under `block` the program does not run:',
    fenced(renderScriptOutcome(blocked, [PROBLEM])),
  ].join('\n\n')
}
