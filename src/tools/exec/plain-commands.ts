/** A word's bare characters that mean themselves to every shell. */
const PLAIN = /[A-Za-z0-9_./:@%+,=^-]/

/**
 * The commands of a shell script made of nothing but plain or quoted words joined by `&&`, `||`, `;` and `|`; absent
 * for anything else (redirects, substitutions, variables, groups, globs, comments, escapes). It may refuse what a full
 * parser would accept, never the other way round: an approval hangs on it.
 */
export function plainCommands(script: string): string[][] | undefined {
  const commands: string[][] = []
  let words: string[] = []
  let index = 0
  while (index < script.length) {
    const character = script[index] as string
    if (character === ' ' || character === '\t') {
      index++
      continue
    }
    const operator = /^(?:&&|\|\||;(?!;)|\|(?![|&]))/.exec(script.slice(index, index + 2))?.[0]
    if (operator !== undefined) {
      if (words.length === 0) return undefined
      commands.push(words)
      words = []
      index += operator.length
      continue
    }
    const word = readWord(script, index)
    if (word === undefined || (words.length === 0 && word.text.includes('='))) return undefined
    words.push(word.text)
    index = word.end
  }
  if (words.length === 0) return undefined
  return [...commands, words]
}

function readWord(script: string, start: number): { text: string; end: number } | undefined {
  let text = ''
  let index = start
  while (index < script.length) {
    const character = script[index] as string
    if (character === "'" || character === '"') {
      const end = script.indexOf(character, index + 1)
      if (end === -1) return undefined
      const quoted = script.slice(index + 1, end)
      if (character === '"' && /[$`\\!]/.test(quoted)) return undefined
      text += quoted
      index = end + 1
    } else if (PLAIN.test(character)) {
      text += character
      index++
    } else {
      break
    }
  }
  const isWordOver = index === script.length || /[ \t;|&]/.test(script[index] as string)
  return index > start && isWordOver ? { text, end: index } : undefined
}

/** The script of `bash -lc S` or `zsh -lc S`. */
export function loginShellScript(command: readonly string[]): string | undefined {
  const [shell = '', flag, script] = command
  const name = shell.slice(shell.lastIndexOf('/') + 1)
  return command.length === 3 && flag === '-lc' && (name === 'bash' || name === 'zsh') ? script : undefined
}
