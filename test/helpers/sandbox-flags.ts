import { detectBubblewrap } from '../../src/os-sandbox/detect-bubblewrap.ts'

/** What the command line needs where bubblewrap does not work, so that the same test runs there unconfined. */
export async function sandboxFlags(): Promise<string[]> {
  const found = await detectBubblewrap()
  return found.kind === 'works' ? [] : ['--sandbox', 'none']
}
