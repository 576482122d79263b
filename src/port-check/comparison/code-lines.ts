import { extname } from 'node:path'

const SLASHES = 'js mjs cjs jsx ts mts cts tsx rs go c h cc cpp hpp java kt swift cs php'.split(' ')
const HASHES = 'py sh bash rb pl'.split(' ')

/** What a file is written in, as far as comments go; undefined for unknown sources. */
function familyOf(file: string, text: string): 'slashes' | 'hashes' | undefined {
  const extension = extname(file).slice(1)
  if (SLASHES.includes(extension)) return 'slashes'
  if (HASHES.includes(extension)) return 'hashes'
  if (/^#!.*\b(?:node|deno|bun)\b/.test(text)) return 'slashes'
  return /^#!.*\b(?:python|bash|sh|ruby|perl)/.test(text) ? 'hashes' : undefined
}

/** Lines with code on them: neither blank nor only a comment. Undefined for unknown sources. */
export function codeLines(file: string, text: string): number | undefined {
  const family = familyOf(file, text)
  const lines = text.split('\n').map(line => line.trim())
  if (family === 'slashes') return countOutside(lines, afterSlashComments())
  return family === 'hashes' ? countOutside(lines, afterHashComments()) : undefined
}

/** What is left of a line without the comments it begins with. */
type Stripper = (line: string) => string

function countOutside(lines: readonly string[], strip: Stripper): number {
  return lines.filter(line => strip(line) !== '').length
}

function afterSlashComments(): Stripper {
  let isOpen = false
  return line => {
    let rest = line
    while (isOpen || rest.startsWith('/*')) {
      const end = rest.indexOf('*/', isOpen ? 0 : 2)
      isOpen = end < 0
      if (isOpen) return ''
      rest = rest.slice(end + 2).trim()
    }
    return rest.startsWith('//') ? '' : rest
  }
}

const TRIPLE_QUOTES = /"""|'''/g

/** A text in triple quotes at the beginning of a line is a comment, one that begins later is not. */
function afterHashComments(): Stripper {
  let open: 'comment' | 'text' | undefined
  return line => {
    const isOdd = (line.match(TRIPLE_QUOTES)?.length ?? 0) % 2 === 1
    const before = open
    const begun = /^[rubf]*(?:"""|''')/i.test(line) ? 'comment' : 'text'
    if (isOdd) open = before === undefined ? begun : undefined
    if (before === 'comment' || (before === undefined && begun === 'comment')) return ''
    return before === undefined && line.startsWith('#') ? '' : line
  }
}
