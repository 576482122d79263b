import { InvalidArgumentError, Option } from 'commander'

/** The options that several commands share, each said once. */
export const OPTIONS = {
  json: () => new Option('--json', 'print JSON only on stdout'),
  sandbox: () =>
    new Option('--sandbox <mechanism>', 'how commands are confined').choices(['auto', 'bubblewrap', 'none']),
  workspace: () => new Option('--workspace <dir>', 'the folder to work on').makeOptionMandatory(),
  suite: () => new Option('--suite <file>', "a suite's tasks instead of the own ones"),
} as const

/** `a,b` → a list; empty pieces are a mistake. */
export function parseList(text: string): string[] {
  const items = text.split(',').map(item => item.trim())
  if (items.some(item => item === '')) throw new InvalidArgumentError('expected a list such as a,b')
  return items
}

/** A whole number from a least value on. */
export function wholeNumber(least: number): (text: string) => number {
  return text => {
    const value = Number(text)
    if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < least) {
      throw new InvalidArgumentError(`expected a whole number from ${least}`)
    }
    return value
  }
}

/** `key=a,b`, repeatable → a record of lists. */
export function parseFactor(text: string, before: Record<string, string[]> = {}): Record<string, string[]> {
  const at = text.indexOf('=')
  if (at < 1) throw new InvalidArgumentError('expected name=level,level')
  return { ...before, [text.slice(0, at)]: parseList(text.slice(at + 1)) }
}

/** Takes an option several times and several values at once. */
export function collect(value: string, before: string[] = []): string[] {
  return [...before, value]
}
