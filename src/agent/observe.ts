import { defined } from '../base/defined.ts'
import { utf8Bytes } from '../base/utf8-bytes.ts'
import type { Message, TextPart, ToolMessage } from '../contracts/model.ts'
import type { TokenCounter } from '../contracts/tokens.ts'
import type { ActionResult } from './mode-strategy.ts'

/** Writes a text where the agent can read it and returns the agent's path of it, or nothing where it cannot be written. */
export type Spill = (name: string, text: string) => Promise<string | undefined>

export interface Observation {
  message: Message
  tokens: number
  bytes: number
  tokensCut: number
  spilledTo?: string
}

export interface ObserveOptions {
  turn: number
  isNative: boolean
  tokensMax: number
  countTokens: TokenCounter
  spill: Spill
}

/** Turns results into the one message the model sees next, within the turn's budget. */
export async function observe(results: readonly ActionResult[], options: ObserveOptions): Promise<Observation> {
  const sizes = results.map(result => options.countTokens(result.text))
  const budgets = shareTokens(sizes, options.tokensMax)
  const texts: string[] = []
  let tokensCut = 0
  let spilledTo: string | undefined
  for (const [index, result] of results.entries()) {
    const size = sizes[index] as number
    const budget = budgets[index] as number
    if (size <= budget) {
      texts.push(result.text)
      continue
    }
    const path = await options.spill(`turn-${options.turn}-${index + 1}.txt`, result.text)
    spilledTo = path ?? spilledTo
    tokensCut += size - budget
    texts.push(cutMiddle({ text: result.text, tokens: size, tokensMax: budget, path }))
  }
  const shown = results.map((result, index) => ({ ...result, text: texts[index] as string }))
  return {
    message: options.isNative ? toolMessage(shown) : userObservation(shown),
    tokens: sizes.reduce((sum, size) => sum + size, 0) - tokensCut,
    bytes: texts.reduce((sum, text) => sum + utf8Bytes(text), 0),
    tokensCut,
    ...defined({ spilledTo }),
  }
}

/** Small results stay whole; the large ones share what is left equally. */
export function shareTokens(sizes: readonly number[], tokensMax: number): number[] {
  const budgets = new Array<number>(sizes.length).fill(0)
  const ascending = sizes.map((_, index) => index).sort((left, right) => (sizes[left] ?? 0) - (sizes[right] ?? 0))
  let left = tokensMax
  for (const [done, index] of ascending.entries()) {
    const share = Math.floor(left / (ascending.length - done))
    const budget = Math.min(sizes[index] ?? 0, share)
    budgets[index] = budget
    left -= budget
  }
  return budgets
}

interface Cut {
  text: string
  tokens: number
  tokensMax: number
  path: string | undefined
}

/** Keeps head and tail in proportion of characters, on character boundaries. */
function cutMiddle({ text, tokens, tokensMax, path }: Cut): string {
  const characters = Array.from(text)
  const kept = Math.floor((characters.length * tokensMax) / tokens)
  const head = characters.slice(0, Math.ceil(kept / 2)).join('')
  const tail = kept < 2 ? '' : characters.slice(-Math.floor(kept / 2)).join('')
  const place = path === undefined ? 'the whole text could not be kept' : `the whole text is in ${path}`
  return `${head}\n[… about ${tokens - tokensMax} tokens cut; ${place} …]\n${tail}`
}

function observationPart(text: string): TextPart {
  return { text, origin: 'observation' }
}

function toolMessage(results: readonly ActionResult[]): ToolMessage {
  return {
    role: 'tool',
    results: results.map(({ action, text, isError, outcome }) => ({
      callId: action.callId,
      name: action.kind === 'script' ? 'run_script' : action.tool,
      parts: [observationPart(text)],
      isError,
      ...defined({ outcome }),
    })),
  }
}

function userObservation(results: readonly ActionResult[]): Message {
  const outcome = results.at(-1)?.outcome
  return {
    role: 'user',
    parts: results.map(result => observationPart(result.text)),
    ...defined({ outcome }),
  }
}
