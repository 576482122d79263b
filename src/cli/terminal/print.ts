export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`)
}

export function printLine(text = ''): void {
  process.stdout.write(`${text}\n`)
}

/** For notes that must not mix with what a command prints as its result. */
export function printNote(text: string): void {
  process.stderr.write(`${text}\n`)
}
