import { utf8Bytes } from '../base/utf8-bytes.ts'
import type { Message, ModelRequest, TextPart } from '../contracts/model.ts'
import type { TokenCounter } from '../contracts/tokens.ts'

export interface RequestMeasures {
  bytes: number
  contextTokens: number
  reinjectedCopies: number
  reinjectedTokens: number
  promptDistanceTokens: number
}

interface Piece {
  tokens: number
  isCopy: boolean
  /** A copy of the newest prompt, or the prompt itself. */
  isPrompt: boolean
}

/** Facts about one request, from its texts alone. Tokens are estimates. */
export function measureRequest(request: ModelRequest, countTokens: TokenCounter): RequestMeasures {
  const fixed = request.system + JSON.stringify(request.tools)
  const pieces = request.messages.flatMap(message => piecesOf(message, countTokens))
  const copies = pieces.filter(piece => piece.isCopy)
  const nearest = pieces.findLastIndex(piece => piece.isPrompt)
  return {
    bytes: utf8Bytes(fixed) + request.messages.reduce((sum, message) => sum + utf8Bytes(textOf(message)), 0),
    contextTokens: countTokens(fixed) + sum(pieces),
    reinjectedCopies: copies.length,
    reinjectedTokens: sum(copies),
    promptDistanceTokens: sum(pieces.slice(nearest + 1)),
  }
}

function piecesOf(message: Message, countTokens: TokenCounter): Piece[] {
  if (message.role === 'assistant') {
    const text = message.text + message.toolCalls.map(call => call.name + call.argumentsText).join('')
    return [{ tokens: countTokens(text), isCopy: false, isPrompt: false }]
  }
  return partsOf(message).map(({ origin, text }) => ({
    tokens: countTokens(text),
    isCopy: origin === 'reinjection' || origin === 'placebo',
    isPrompt: origin === 'reinjection' || origin === 'task',
  }))
}

function partsOf(message: Message): readonly TextPart[] {
  if (message.role === 'user') return message.parts
  return message.role === 'tool' ? message.results.flatMap(result => result.parts) : []
}

function textOf(message: Message): string {
  if (message.role !== 'assistant') {
    return partsOf(message)
      .map(part => part.text)
      .join('')
  }
  return message.text + message.toolCalls.map(call => call.name + call.argumentsText).join('')
}

function sum(pieces: readonly Piece[]): number {
  return pieces.reduce((total, piece) => total + piece.tokens, 0)
}
