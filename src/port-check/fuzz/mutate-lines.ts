import type { MutationScript } from './patch-script.ts'

/** Lines with small accidents; where they happen is taken modulo the number of lines. */
export function mutateLines(lines: readonly string[], mutations: readonly MutationScript[]): string[] {
  return mutations.reduce<string[]>(mutateOnce, [...lines])
}

const INSERTED = [
  ' kept',
  '+added',
  '-removed',
  'bare',
  '# comment',
  'diff --git a/a b/a',
  '\\ No newline at end of file',
]

const MARKERS = [
  '@@',
  '@@ ',
  '@@ one',
  '@@@',
  ' @@',
  '@@ -1,2 +1,2 @@',
  '*** End of File',
  ' *** End of File',
  '*** End of File ',
  '*** End Patch',
  '*** Begin Patch',
  '*** Move to: moved.txt',
  '*** Move to: b.txt ',
  '*** Update File: b.txt',
  ' *** Update File: b.txt',
  '*** Add File: n.txt',
  '  *** Add File: n.txt',
  '*** Delete File: b.txt',
  '*** Delete File: b.txt\t',
  '*** Update File:b.txt',
  '***Update File: b.txt',
  '*** Rename File: b.txt',
  '*** Environment ID: x',
  '*** Environment ID:',
  '***',
  '*** ',
  '*** Update File:',
  '*** Update File: ',
  '*** Add File:',
  '*** Delete File: ',
  '*** Move to:',
  '*** Move to: ',
  ' *** Move to: moved.txt',
  '*** Move to: link',
  '*** end of file',
  '*** End Patch now',
  '***  End Patch',
  ' *** End Patch',
  '@@\t',
  '@@one',
  '\t@@',
  '+',
  '-',
  '++',
  'EOF',
]

/** Blanks of several kinds: some that Rust trims, some that it does not. */
const BLANKS = [' ', '\t', '  ', '\u00a0', '\u3000', '\u0085', '\u200b', '\ufeff', '\v', '\u2028']

/** Characters and what replaces them. */
const SWAPPED: readonly [string, string][] = [
  ['-', '\u2011'],
  [' ', '\u2003'],
  ["'", '\u2019'],
  ['"', '\u201c'],
  ['a', 'а'],
  ['*', '∗'],
  ['é', 'e\u0301'],
  ['  ', ' '],
]

function mutateOnce(lines: string[], { kind, at, with: choice }: MutationScript): string[] {
  const index = at % Math.max(1, lines.length)
  const line = lines[index] ?? ''
  const replaced = (...others: string[]) => lines.toSpliced(index, 1, ...others)
  switch (kind) {
    case 'drop-line':
      return replaced()
    case 'repeat-line':
      return replaced(line, line)
    case 'swap-lines':
      return lines.toSpliced(index, 2, ...lines.slice(index, index + 2).reverse())
    case 'insert-blank':
      return replaced(line, choice % 3 === 0 ? '   ' : '')
    case 'insert-line':
      return replaced(line, pick(INSERTED, choice))
    case 'insert-marker':
      return replaced(line, pick(MARKERS, choice))
    case 'indent':
      return replaced(pick(BLANKS, choice) + line)
    case 'trail':
      return replaced(line + pick(BLANKS, choice))
    case 'carriage-return':
      return replaced(`${line}\r${choice % 4 === 0 ? '\r' : ''}`)
    case 'drop-first-character':
      return replaced(line.slice(1))
    case 'lower-case':
      return replaced(choice % 2 === 0 ? line.toLowerCase() : line.toUpperCase())
    case 'look-alike': {
      const [from, to] = pick(SWAPPED, choice)
      return replaced(choice % 2 === 0 ? line.replace(from, to) : line.replaceAll(from, to))
    }
  }
}

function pick<Item>(items: readonly Item[], choice: number): Item {
  return items[choice % items.length] as Item
}
