import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { findMutations } from './find-mutations.ts'
import { loadTypeScript } from './load-typescript.ts'
import { type MutatedTool, toolOfSource } from './mutated-tools.ts'
import type { Mutation } from './mutation.ts'

/** Every point of every source of the tools, by tool. */
export async function allMutations(
  sourcesDir: string,
  tools: readonly MutatedTool[],
): Promise<ReadonlyMap<string, readonly Mutation[]>> {
  const typescript = await loadTypeScript()
  const files = readdirSync(sourcesDir, { recursive: true, encoding: 'utf8' })
    .filter(file => /(?<!\.d)\.[jt]s$/.test(file))
    .sort()
  const found = new Map(tools.map(({ name }) => [name, [] as Mutation[]]))
  for (const file of files) {
    const own = found.get(toolOfSource(file)?.name ?? '')
    own?.push(...findMutations(typescript, { file, source: readFileSync(join(sourcesDir, file), 'utf8') }))
  }
  return found
}
