const MESSAGE_CHARACTERS_MAX = 2_000
/** Anything shorter is not a secret, and removing it would garble the message. */
const SECRET_CHARACTERS_MIN = 4
const REDACTED = '[redacted]'

/** What looks like a credential, even an unknown one: servers echo headers and half-masked keys. */
const PATTERNS: [RegExp, string][] = [
  [/\b(bearer|basic)\s+[\w.~+/=*-]+/gi, `$1 ${REDACTED}`],
  [
    /\b((?:proxy-)?authorization|x-api-key|api[-_]key|cookie)(\\?["']?\s*[:=]\s*\\?["']?)[^\s"',}\\]+/gi,
    `$1$2${REDACTED}`,
  ],
  [/\b(?:sk|pk|rk)-[\w*.-]{4,}/g, REDACTED],
]

/** The ways a secret can appear in an echoed text. */
function formsOf(secret: string): string[] {
  const escaped = JSON.stringify(secret).slice(1, -1)
  return [secret, escaped, encodeURIComponent(secret), Buffer.from(secret).toString('base64').replace(/=+$/, '')]
}

/** A message fit for logs and terminals: no credential, no control character, bounded. */
export function redact(message: string, secrets: readonly string[]): string {
  let text = message
  const known = secrets.filter(({ length }) => length >= SECRET_CHARACTERS_MIN)
  for (const form of known.flatMap(formsOf)) text = text.replaceAll(form, REDACTED)
  for (const [pattern, replacement] of PATTERNS) text = text.replace(pattern, replacement)
  text = text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, ' ').trim()
  return text.length > MESSAGE_CHARACTERS_MAX ? `${text.slice(0, MESSAGE_CHARACTERS_MAX)}…` : text
}
