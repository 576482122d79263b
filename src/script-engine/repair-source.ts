import { prepareScript } from './prepare-script.ts'

const FENCE_START = /^(`{3,}|~{3,})[^\n]*\n/
const FENCE_INSIDE = /^[ \t]*(`{3,}|~{3,})[^\n]*\n([\s\S]*?)\n[ \t]*\1[ \t]*$/gm
const WRAPPER = /^\s*<(code|script|typescript|ts|program)\b[^<>]*>\n?([\s\S]*?)\n?<\/\1>\s*$/i
const CHARACTER_DATA = /^\s*<!\[CDATA\[\n?([\s\S]*?)\n?\]\]>\s*$/
const LANGUAGE_LINE = /^\s*(?:ts|typescript|js|javascript|tsx)[ \t]*\n/i

const parses = (source: string) => prepareScript(source).ok

export function decodeEntities(text: string): string {
  const named: Record<string, string> = { lt: '<', gt: '>', quot: '"', apos: "'", '#39': "'", '#34': '"', '#x27': "'" }
  return text
    .replace(/&(lt|gt|quot|apos|#39|#34|#x27);/gi, (_entity, name: string) => named[name.toLowerCase()] as string)
    .replace(/&amp;/gi, '&')
}

/** Liberties that change what the program says are taken only when it parses after them and not before. */
const IF_IT_HELPS: [repair: string, change: (source: string) => string | undefined][] = [
  ['entities', decodeEntities],
  ['smart-quotes', source => source.replace(/[\u2018\u2019]/g, "'").replace(/[\u201C\u201D]/g, '"')],
  ['prose-inside', onlyFence],
]

function onlyFence(source: string): string | undefined {
  const fences = [...source.matchAll(FENCE_INSIDE)]
  return fences.length === 1 ? fences[0]?.[2] : undefined
}

/** What stands in a fence that begins the block; the fence may lack its end. */
function withoutFence(block: string): string | undefined {
  const source = block.trim()
  const start = FENCE_START.exec(source)
  if (start === null) return undefined
  const body = source.slice(start[0].length)
  const lastLine = body.lastIndexOf('\n') + 1
  if (body.slice(lastLine).trim() === start[1]) return body.slice(0, Math.max(0, lastLine - 1))
  return onlyFence(source) ?? body
}

/** A program freed from what models wrap around it inside the tags. */
export function repairSource(block: string): { source: string; repairs: string[] } {
  const repairs: string[] = []
  let source = block
  const unwrap = (repair: string, inner: string | undefined) => {
    if (inner === undefined) return
    repairs.push(repair)
    source = inner
  }
  unwrap('character-data', CHARACTER_DATA.exec(source)?.[1])
  unwrap('wrapper-inside', WRAPPER.exec(source)?.[2])
  unwrap('fence-inside', withoutFence(source))
  if (LANGUAGE_LINE.test(source)) {
    repairs.push('language-line')
    source = source.replace(LANGUAGE_LINE, '')
  }
  if (!parses(source)) {
    for (const [repair, change] of IF_IT_HELPS) {
      const changed = change(source)
      if (changed === undefined || changed === source || !parses(changed)) continue
      repairs.push(repair)
      source = changed
      break
    }
  }
  return { source: source.replace(/^[ \t]*\n/, '').replace(/\n[ \t]*$/, ''), repairs }
}
