import { z } from 'zod'
import { commandProtocolSchema } from '../../src/model/command/protocol.ts'
import { comparisonJsonSchema } from '../../src/report/comparison/comparison-schema.ts'
import { resultsJsonSchema } from '../../src/report/formats/results-schema.ts'
import { gateJsonSchema } from '../../src/report/gate/gate-schema.ts'
import { suiteSchema } from '../../src/suite/suite-schema.ts'
import { apiPage } from './api-page.ts'
import { armsPage } from './arms-page.ts'
import { metricsPage } from './metrics-page.ts'

/** Every file that `npm run docs` writes: its path in the repository → its text. */
export const GENERATED_FILES: Readonly<Record<string, () => string>> = {
  'docs/api.md': apiPage,
  'docs/arms.md': armsPage,
  'docs/metrics.md': metricsPage,
  'docs/command-protocol.schema.json': () => jsonText(commandProtocolSchema()),
  'docs/compare.schema.json': comparisonJsonSchema,
  'docs/gate.schema.json': gateJsonSchema,
  'docs/results.schema.json': resultsJsonSchema,
  'suites/suite.schema.json': () => jsonText(suiteJsonSchema()),
}

/** For editors: what a suite file can contain. */
function suiteJsonSchema(): object {
  const { $schema, ...schema } = z.toJSONSchema(suiteSchema, { io: 'input' })
  return { $schema, title: 'A scriptbench suite', ...schema }
}

function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}
