import type { ModelProvider } from '../../contracts/model.ts'
import type { TokenCounter } from '../../contracts/tokens.ts'
import { replyWith } from './oracle.ts'

/** Does nothing and says so: the floor that no sound task lets pass. */
export function createNop(countTokens: TokenCounter): ModelProvider {
  return {
    spec: 'nop',
    playerKind: 'nop',
    ask: async request => replyWith({ kind: 'answer', text: 'I did nothing.' }, request, countTokens),
  }
}
