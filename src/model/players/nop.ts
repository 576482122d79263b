import type { ModelProvider } from '../../contracts/model.ts'
import type { TokenCounter } from '../../contracts/tokens.ts'
import { replyWith } from './oracle.ts'

/** Does nothing and says so: no sound task is solved by it. */
export function createNop(countTokens: TokenCounter): ModelProvider {
  return {
    spec: 'nop',
    playerKind: 'nop',
    ask: async request => replyWith({ kind: 'answer', text: 'I did nothing.' }, request, countTokens),
  }
}
