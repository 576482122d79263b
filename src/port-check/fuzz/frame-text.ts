import type { Frame } from './patch-script.ts'

/** A patch the way models hand it over: as it should be, nearly so, or not at all. */
export function framed(text: string, frame: Frame): string {
  const lines = text.split('\n')
  const inner = lines.slice(1, -1)
  switch (frame) {
    case 'final-newline':
      return `${text}\n`
    case 'blank-around':
      return `\n \t\n${text}\n\n\u00a0\n`
    case 'padded-markers':
      return ['  *** Begin Patch \t', ...inner, '\t*** End Patch  '].join('\n')
    case 'heredoc':
      return `<<EOF\n${text}\nEOF`
    case 'heredoc-quoted':
      return `<<'EOF'\n${text}\nEOF\n`
    case 'heredoc-loose-end':
      return `<<"EOF"\n${text}\nthe EOF`
    case 'heredoc-unended':
      return `<<EOF\n${text}`
    case 'heredoc-mismatched':
      return `<<"EOF'\n${text}\nEOF`
    case 'cat-heredoc':
      return `cat <<EOF\n${text}\nEOF`
    case 'fence':
      return `\`\`\`\n${text}\n\`\`\``
    case 'crlf':
      return lines.join('\r\n')
    case 'no-begin':
      return lines.slice(1).join('\n')
    case 'no-end':
      return lines.slice(0, -1).join('\n')
    case 'twice-end':
      return `${text}\n*** End Patch`
    case 'text-after':
      return `${text}\nthanks`
    case 'text-between-ends':
      return `${text}\n\nthanks\n*** End Patch`
    case 'mark':
      return `\ufeff${text}`
    case 'carriage-return':
      return `${text}\r`
    case 'environment':
      return [lines[0], '*** Environment ID: here', ...lines.slice(1)].join('\n')
  }
}
