import type { ContentBlockParam } from '@anthropic-ai/sdk/resources/messages'

const BREAKPOINTS_MAX = 3

export interface DraftBlock {
  block: ContentBlockParam
  /** It is elsewhere in the next request; nothing from here on is worth caching. */
  moves: boolean
}

export interface DraftMessage {
  role: 'user' | 'assistant'
  blocks: DraftBlock[]
}

/**
 * Marks where a prefix ends that the next request repeats: the last stable block, and the last blocks of the two
 * messages before it. The middle ones find what the previous request wrote, even when a turn adds more blocks than the
 * 20 that a breakpoint looks back (https://platform.claude.com/docs/en/build-with-claude/prompt-caching). The fourth
 * breakpoint of the request belongs to system and tools.
 */
export function withBreakpoints(messages: readonly DraftMessage[]): DraftMessage[] {
  const marked = messages.map(message => ({ ...message, blocks: [...message.blocks] }))
  let left = BREAKPOINTS_MAX
  for (let index = stableMessages(marked) - 1; index >= 0 && left > 0; index--) {
    const blocks = (marked[index] as DraftMessage).blocks
    const stableEnd = blocks.findIndex(({ moves }) => moves)
    const stable = stableEnd === -1 ? blocks : blocks.slice(0, stableEnd)
    const at = stable.findLastIndex(isMarkable)
    const chosen = blocks[at]
    if (chosen === undefined) continue
    blocks[at] = { ...chosen, block: { ...chosen.block, cache_control: { type: 'ephemeral' } } as ContentBlockParam }
    left--
  }
  return marked
}

/** Messages up to and including the first with a moving block. */
function stableMessages(messages: readonly DraftMessage[]): number {
  const moving = messages.findIndex(({ blocks }) => blocks.some(({ moves }) => moves))
  return moving === -1 ? messages.length : moving + 1
}

function isMarkable({ block }: DraftBlock): boolean {
  return block.type !== 'thinking' && block.type !== 'redacted_thinking'
}
