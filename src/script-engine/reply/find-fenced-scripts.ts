const FENCE = /^[ \t]*(`{3,}|~{3,})([^\n`]*)\n([\s\S]*?)(?:\n[ \t]*\1[ \t]*$|(?![\s\S]))/gm
const NAMED = /tool[-_ ]?calls?\b/i
const CODE = /^\s*(?:ts|typescript|js|javascript|tsx)?\b/i
const USES_TOOLS = /\btools\s*\.\s*\w+\s*\(/

/** Programs in fenced blocks, for replies without a start tag. */
export function findFencedScripts(text: string, hasEndTag: boolean): { sources: string[]; repair: string } | undefined {
  const fences = [...text.matchAll(FENCE)].map(({ 2: info = '', 3: source = '' }) => ({
    info,
    source: withoutEndTag(source),
  }))
  const named = fences.filter(fence => NAMED.test(fence.info) && fence.source.trim() !== '')
  if (named.length > 0) return { sources: named.map(fence => fence.source), repair: 'fence-for-tag' }
  const using = fences.filter(fence => CODE.test(fence.info) && USES_TOOLS.test(fence.source))
  if (using.length === 1) {
    return { sources: using.map(fence => fence.source), repair: hasEndTag ? 'missing-start-tag' : 'fence-without-tag' }
  }
  return undefined
}

function withoutEndTag(source: string): string {
  return source.replace(/\n?<\/tool-calls>\s*$/i, '')
}
