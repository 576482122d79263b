import { jsonrepair } from 'jsonrepair'
import type { Parses } from './extract-scripts.ts'

const FENCE_START = /^(`{3,}|~{3,})[^\n]*\n/
const FENCE_LINE = /^[ \t]*(?:`{3,}|~{3,})/gm
/** Every fence that is not closed makes the search for its end run through the whole text. */
const FENCE_LINES_MAX = 32
const FENCE_INSIDE = /^[ \t]*(`{3,}|~{3,})[^\n]*\n([\s\S]*?)\n[ \t]*\1[ \t]*$/gm
const FENCE_END = /\n[ \t]*(?:`{3,}|~{3,})\s*$/
const WRAPPER = /^\s*<(code|script|typescript|ts|program)\b[^<>]*>\n?([\s\S]*?)\n?<\/\1>\s*$/i
const CHARACTER_DATA = /^\s*<!\[CDATA\[\n?([\s\S]*?)\n?\]\]>\s*$/
const LANGUAGE_LINE = /^\s*(?:ts|typescript|js|javascript|tsx)[ \t]*\n/i
const HIDDEN_START = /^\s*[\u200B\u2060\uFEFF]+/
const JSON_CODE = /^\s*\{\s*"[a-z]+"\s*:/i
const CODE_KEYS = ['code', 'script', 'program', 'source']
/** Wrappers can be nested. */
const ROUNDS_MAX = 4
const PARAGRAPHS_MAX = 4

export function decodeEntities(text: string): string {
  const named: Record<string, string> = { lt: '<', gt: '>', quot: '"', apos: "'", '#39': "'", '#34': '"', '#x27': "'" }
  return text
    .replace(/&(lt|gt|quot|apos|#39|#34|#x27);/gi, (_entity, name: string) => named[name.toLowerCase()] as string)
    .replace(/&amp;/gi, '&')
}

type Change = [repair: string, change: (source: string) => string | undefined]

/** What is never a part of a program. */
const WRAPPERS: Change[] = [
  ['invisible-characters', source => (HIDDEN_START.test(source) ? source.replace(HIDDEN_START, '') : undefined)],
  ['character-data', source => CHARACTER_DATA.exec(source)?.[1]],
  ['quotation', withoutQuotation],
  ['wrapper-inside', source => WRAPPER.exec(source)?.[2]],
  ['fence-inside', withoutFence],
  ['language-line', source => (LANGUAGE_LINE.test(source) ? source.replace(LANGUAGE_LINE, '') : undefined)],
  ['json-inside', codeInJson],
]

/** Liberties that change what the program says are taken only when it parses after them and not before. */
const IF_IT_HELPS: Change[] = [
  ['entities', decodeEntities],
  ['smart-quotes', source => source.replace(/[\u2018\u2019]/g, "'").replace(/[\u201C\u201D]/g, '"')],
  ['fence-inside', source => source.replace(FENCE_END, '')],
  ['prose-inside', onlyFence],
  ['line-numbers', withoutLineNumbers],
  ['written-line-breaks', source => (source.trim().includes('\n') ? undefined : source.replaceAll('\\n', '\n'))],
]

function onlyFence(source: string): string | undefined {
  if ((source.match(FENCE_LINE)?.length ?? 0) > FENCE_LINES_MAX) return undefined
  const fences = [...source.matchAll(FENCE_INSIDE)]
  return fences.length === 1 ? fences[0]?.[2] : undefined
}

/** What is in a fence that begins the block; the end of the fence can be missing. */
function withoutFence(block: string): string | undefined {
  const source = block.trim()
  const start = FENCE_START.exec(source)
  if (start === null) return undefined
  const body = source.slice(start[0].length)
  const lastLine = body.lastIndexOf('\n') + 1
  if (body.slice(lastLine).trim() === start[1]) return body.slice(0, Math.max(0, lastLine - 1))
  return onlyFence(source) ?? body
}

function withoutQuotation(source: string): string | undefined {
  const lines = source.split('\n').filter(line => line.trim() !== '')
  return lines.length > 0 && lines.every(line => /^[ \t]*>/.test(line)) ? source.replace(/^[ \t]*> ?/gm, '') : undefined
}

function withoutLineNumbers(source: string): string | undefined {
  const lines = source.split('\n').filter(line => line.trim() !== '')
  const numbers = lines.map(line => Number(/^[ \t]*(\d{1,6})[ \t]*[:|\t]/.exec(line)?.[1]))
  const isCounting = numbers.every((number, index) => index === 0 || number === (numbers[index - 1] as number) + 1)
  return isCounting && numbers[0] !== undefined ? source.replace(/^[ \t]*\d{1,6}[ \t]*[:|\t] ?/gm, '') : undefined
}

/** The program in `{"code": "…"}`, with its line breaks as they are, or in a JSON string. */
function codeInJson(source: string): string | undefined {
  try {
    if (JSON_CODE.test(source)) {
      const value: unknown = JSON.parse(jsonrepair(source))
      const fields = Object.entries(typeof value === 'object' && value !== null ? value : {})
      const codes = fields.filter(([key, code]) => CODE_KEYS.includes(key.toLowerCase()) && typeof code === 'string')
      return codes.length === 1 ? (codes[0]?.[1] as string) : undefined
    }
    const text: unknown = /^\s*"/.test(source) ? JSON.parse(source) : undefined
    return typeof text === 'string' && /\btools\.|\breturn\b/.test(text) ? text : undefined
  } catch {
    return undefined
  }
}

/** Words without anything that code is made of, but for what is between backticks. */
export function isProse(paragraph: string): boolean {
  const words = paragraph.replace(/`[^`\n]*`/g, '')
  return (
    /\p{L}[\p{L}'’]{0,30},? +\p{L}/u.test(words) &&
    !/[{}[\];=<>`$]|\w\(|\/[/*]|\b(?:return|await|const|let)\b/.test(words)
  )
}

/** Without the sentences before and behind a program. */
function withoutProse(source: string, helps: Parses): string | undefined {
  const paragraphs = source.split(/\n(?:[ \t]*\n)+/)
  const leading = paragraphs.slice(0, PARAGRAPHS_MAX).findIndex(each => !isProse(each))
  const trailing = paragraphs
    .slice(-PARAGRAPHS_MAX)
    .reverse()
    .findIndex(each => !isProse(each))
  if (leading < 0 || trailing < 0 || leading + trailing === 0) return undefined
  const rest = paragraphs.slice(leading, paragraphs.length - trailing).join('\n\n')
  return helps(rest) ? rest : undefined
}

/** A program freed from what models wrap around it inside the tags. */
export function repairSource(block: string, parses: Parses, helps: Parses): { source: string; repairs: string[] } {
  const repairs = new Set<string>()
  let source = block
  for (let round = 0; round < ROUNDS_MAX; round++) {
    const before = source
    for (const [repair, unwrap] of WRAPPERS) {
      const inner = unwrap(source)
      if (inner === undefined) continue
      repairs.add(repair)
      source = inner
    }
    if (source === before) break
  }
  if (!parses(source)) {
    for (const [repair, change] of IF_IT_HELPS) {
      const changed = change(source)
      if (changed === undefined || changed === source || !helps(changed)) continue
      return { source: trimLines(changed), repairs: [...repairs.add(repair)] }
    }
    const rest = withoutProse(source, helps)
    if (rest !== undefined) return { source: trimLines(rest), repairs: [...repairs.add('prose-inside')] }
  }
  return { source: trimLines(source), repairs: [...repairs] }
}

/** Without the line breaks next to the tags. */
function trimLines(source: string): string {
  return source.replace(/^[ \t]*\n/, '').replace(/\n[ \t]*$/, '')
}
