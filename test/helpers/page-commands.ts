import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PROJECT_ROOT } from './run-cli.ts'

/** The commands of a page's shell blocks, one a line, without comments. */
export async function commandsOf(page: string): Promise<string[]> {
  const text = await readFile(join(PROJECT_ROOT, page), 'utf8')
  const blocks = [...text.matchAll(/```sh\n([\s\S]*?)```/g)].map(match => match[1] as string)
  return blocks
    .flatMap(block => block.split('\n').map(line => line.replace(/\s+#.*$/, '').trim()))
    .filter(line => line !== '')
}
