import type { Extraction, Leniency } from '../contracts/script.ts'

/** The `<tool-calls>` programs in a reply's text. */
export function extractScripts(text: string, _leniency: Leniency): Extraction {
  const sources = [...text.matchAll(/<tool-calls>([\s\S]*?)<\/tool-calls>/g)].map(match => match[1] as string)
  return sources.length === 0 ? { kind: 'none' } : { kind: 'scripts', sources, repairs: [] }
}
