import { digestOf } from '../base/digest.ts'
import type { JsonObject } from '../contracts/json.ts'
import type { Suite } from '../contracts/suite.ts'

/** The suite as a manifest keeps it: everything that was asked for, nothing of this machine's paths. */
export function suiteContent(suite: Suite): { digest: string; content: JsonObject } {
  const { file: _file, tasksDir: _tasksDir, factors, sources, ...rest } = suite
  const content = JSON.parse(
    JSON.stringify({
      ...rest,
      factors: factors.map(({ module: _module, ...factor }) => factor),
      sources: sources?.map(({ lock: _lock, check: _check, solution: _solution, ...source }) => source),
    }),
  ) as JsonObject
  return { digest: digestOf(content), content }
}
