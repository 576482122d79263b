import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ModelEntry, ModelProvider } from '../../src/contracts/model.ts'
import { createModelProvider, type ModelProviderOptions } from '../../src/model/create-model-provider.ts'
import { fastClock } from './fast-clock.ts'

/** A provider with a fast clock and a crude tokenizer. */
export function provide(
  spec: string,
  changes: Partial<ModelProviderOptions> & { parameters?: ModelEntry['parameters'] } = {},
): ModelProvider {
  const { parameters = {}, ...options } = changes
  return createModelProvider({
    entry: { spec, parameters },
    clock: fastClock(),
    environment: {},
    countTokens: text => Math.ceil(text.length / 4),
    builtIns: () => undefined,
    ...options,
  })
}

/** A folder that goes away. */
export async function temporaryFolder(files: Record<string, string> = {}) {
  const path = await mkdtemp(join(tmpdir(), 'scriptbench-model-'))
  for (const [name, content] of Object.entries(files)) await writeFile(join(path, name), content, { mode: 0o755 })
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) }
}
