/** Shorter values are not keys, and replacing them would tear ordinary text apart. */
const SECRET_LENGTH_MIN = 8
const REPLACEMENT = '[redacted]'

/** A `redact` hook that hides the given values: as they are, inside JSON inside JSON, in URLs, and in base64. */
export function redactSecrets(secrets: readonly string[]): (line: string) => string {
  const forms = secrets.filter(secret => secret.length >= SECRET_LENGTH_MIN).flatMap(formsOf)
  const longestFirst = [...new Set(forms)].sort((left, right) => right.length - left.length)
  return line => longestFirst.reduce((text, form) => text.replaceAll(form, REPLACEMENT), line)
}

function formsOf(secret: string): string[] {
  const quotedOnce = insideJson(secret)
  const base64 = Buffer.from(secret).toString('base64').replace(/=+$/, '')
  return [quotedOnce, insideJson(quotedOnce), encodeURIComponent(secret), base64]
}

function insideJson(text: string): string {
  return JSON.stringify(text).slice(1, -1)
}
