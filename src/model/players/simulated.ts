import { hint } from '../../base/did-you-mean.ts'
import { seededRandom } from '../../base/random.ts'
import type { Message, ModelProvider, ModelRequest } from '../../contracts/model.ts'
import { type Move, nextMove, type OracleOptions, replyWith } from './oracle.ts'

/** Chances of each planted mistake, per turn unless said otherwise. */
export interface Mistakes {
  /** Native arguments that are cut off. */
  malformedArguments: number
  /** A patch whose context is in no file. */
  badPatch: number
  /** A script that does not parse. */
  syntaxError: number
  /** A call of a tool that does not exist. */
  unknownTool: number
  /** Ends the work early. */
  giveUp: number
  /** Rate at which a clause is forgotten, per 1 000 tokens between the prompt and the point of generation. */
  forgetPerKiloToken: number
}

export const SIMULATED_PLAYERS: Readonly<Record<string, Mistakes>> = {
  careful: {
    malformedArguments: 0.01,
    badPatch: 0.01,
    syntaxError: 0.01,
    unknownTool: 0.01,
    giveUp: 0,
    forgetPerKiloToken: 0.02,
  },
  hasty: {
    malformedArguments: 0.06,
    badPatch: 0.08,
    syntaxError: 0.1,
    unknownTool: 0.05,
    giveUp: 0.01,
    forgetPerKiloToken: 0.1,
  },
  forgetful: {
    malformedArguments: 0.01,
    badPatch: 0.01,
    syntaxError: 0.01,
    unknownTool: 0.01,
    giveUp: 0,
    forgetPerKiloToken: 0.6,
  },
}

/** `hasty` or `hasty?giveUp=0&forgetPerKiloToken=0.5` → the chances, or a sentence about what is wrong. */
export function parseMistakes(text: string): { ok: true; value: Mistakes } | { ok: false; error: string } {
  const [name = '', query = ''] = text.split('?', 2)
  const base = Object.hasOwn(SIMULATED_PLAYERS, name) ? SIMULATED_PLAYERS[name] : undefined
  if (base === undefined) {
    return {
      ok: false,
      error: `there is no simulated player "${name}"${hint(name, Object.keys(SIMULATED_PLAYERS))}`,
    }
  }
  const mistakes = { ...base }
  for (const [key, value] of new URLSearchParams(query)) {
    const chance = Number(value)
    if (!isMistake(key, mistakes)) {
      return { ok: false, error: `unknown parameter "${key}"${hint(key, Object.keys(base))}` }
    }
    if (value === '' || !Number.isFinite(chance) || chance < 0) {
      return { ok: false, error: `${key}: expected a number of at least 0, got "${value}"` }
    }
    mistakes[key] = chance
  }
  return { ok: true, value: mistakes }
}

function isMistake(key: string, mistakes: Mistakes): key is keyof Mistakes {
  return Object.hasOwn(mistakes, key)
}

export interface SimulatedOptions extends OracleOptions {
  spec: string
  mistakes: Mistakes
  /** The same seed makes the same mistakes. */
  seed: string
}

/** The oracle with seeded mistakes: to try out the harness, never evidence about models. */
export function createSimulated(options: SimulatedOptions): ModelProvider {
  const { countTokens, mistakes, seed, spec } = options
  return {
    spec,
    playerKind: 'simulated',
    async ask(request, { signal }) {
      const turn = request.messages.filter(message => message.role === 'assistant').length
      const random = seededRandom(`${seed}/turn ${turn}`)
      const forgetChance = 1 - Math.exp((-mistakes.forgetPerKiloToken * promptDistance(request)) / 1000)
      const move = await nextMove({
        ...options,
        request,
        signal,
        look: (source, { step, look }) =>
          forget(source, name => seededRandom(`${seed}/${step}/${look}/${name}`)() < forgetChance),
      })
      return replyWith(spoil(move, mistakes, random), request, countTokens)
    },
  }

  /**
   * Tokens after the newest prompt or its nearest copy. Numbers count as one digit: durations in an output differ from
   * run to run, and one seed should make the same mistakes.
   */
  function promptDistance({ messages }: ModelRequest): number {
    let tokens = 0
    for (const message of messages.toReversed()) {
      const texts = textsOf(message)
      const nearest = texts.findLastIndex(text => text.isPrompt)
      for (const { text } of texts.slice(nearest + 1)) tokens += countTokens(text.replace(/\d+/g, '0'))
      if (nearest >= 0) break
    }
    return tokens
  }
}

function textsOf(message: Message): { text: string; isPrompt: boolean }[] {
  if (message.role === 'assistant') {
    return [message.text, ...message.toolCalls.map(call => call.argumentsText)].map(text => ({ text, isPrompt: false }))
  }
  const parts = message.role === 'user' ? message.parts : message.results.flatMap(result => result.parts)
  return parts.map(({ text, origin }) => ({ text, isPrompt: origin === 'task' || origin === 'reinjection' }))
}

const REGION = /^[ \t]*\/\/#region clause:(\S+)[^\n]*\n[\s\S]*?^[ \t]*\/\/#endregion[^\n]*$/gm

/** Removes the regions of a solution that fulfil forgotten clauses. */
function forget(source: string, isForgotten: (clause: string) => boolean): string {
  return source.replace(REGION, (region, clause: string) => (isForgotten(clause) ? '' : region))
}

const BAD_PATCH =
  '*** Begin Patch\n*** Update File: README.md\n@@\n-a line that stands in no file\n+another\n*** End Patch'

/** At most one mistake per turn; each fails before it has any effect. */
function spoil(move: Move, mistakes: Mistakes, random: () => number): Move {
  if (move.kind === 'answer') return move
  if (random() < mistakes.giveUp) return { kind: 'answer', text: 'I could not get further.' }
  const wantsUnknownTool = random() < mistakes.unknownTool
  const wantsBadPatch = random() < mistakes.badPatch
  if (move.kind === 'script') {
    if (random() < mistakes.syntaxError) return { kind: 'script', source: `${move.source}\nconst unfinished = (` }
    if (wantsUnknownTool)
      return { kind: 'script', source: `await tools.openFile({ path: 'README.md' })\n${move.source}` }
    if (wantsBadPatch)
      return {
        kind: 'script',
        source: `await tools.applyPatch({ patch: ${JSON.stringify(BAD_PATCH)} })\n${move.source}`,
      }
    return move
  }
  if (random() < mistakes.malformedArguments) return { ...move, areCutOff: true }
  if (wantsUnknownTool) return { kind: 'calls', calls: [{ tool: 'openFile', args: { path: 'README.md' } }] }
  if (wantsBadPatch) return { kind: 'calls', calls: [{ tool: 'applyPatch', args: { patch: BAD_PATCH } }] }
  return move
}
