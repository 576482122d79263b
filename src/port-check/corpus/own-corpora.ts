import { readdir } from 'node:fs/promises'
import { join } from 'node:path'

/** Every `.jsonl` file of the folder of recorded behaviour that comes with the package. */
export async function ownCorpora(): Promise<string[]> {
  const folder = join(import.meta.dirname, '..', '..', '..', 'fixtures', 'ports')
  const names = (await readdir(folder)).filter(name => name.endsWith('.jsonl'))
  const bare = names.map(name => name.replace(/\.jsonl$/, '')).sort()
  return bare.map(name => join(folder, `${name}.jsonl`))
}
