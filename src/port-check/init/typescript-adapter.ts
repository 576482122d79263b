import type { InitTool } from './init-tools.ts'

/** What the adapter of one tool consists of. */
interface Part {
  description: string
  effect: 'read' | 'write'
  /** The members of the input. */
  input: string
  /** What the implementation gives; absent: a text. */
  output?: string
}

const PARTS: Readonly<Record<InitTool, Part>> = {
  applyPatch: {
    description: 'Applies a patch to files.',
    effect: 'write',
    input: '  patch: z.string(),',
  },
  exec: {
    description: 'Runs a program.',
    effect: 'write',
    input: `  command: z.array(z.string()),
  cwd: z.string().optional(),
  timeoutMs: wholeNumber.optional(),
  withEscalatedPermissions: z.boolean().optional(),
  justification: z.string().optional(),`,
    output: `z.object({
  exitCode: z.int(),
  stdout: z.string(),
  stderr: z.string(),
  aggregatedOutput: z.string(),
  timedOut: z.boolean(),
  durationMs: z.number(),
})`,
  },
  readFile: {
    description: 'Reads lines of a text file.',
    effect: 'read',
    input: `  filePath: z.string(),
  offset: wholeNumber.default(1),
  limit: wholeNumber.default(2000),
  mode: z.enum(['slice', 'indentation']).default('slice'),
  indentation: z
    .object({
      anchorLine: wholeNumber.optional(),
      maxLevels: wholeNumber.default(0),
      includeSiblings: z.boolean().default(false),
      includeHeader: z.boolean().default(true),
      maxLines: wholeNumber.optional(),
    })
    .optional(),`,
  },
  listDir: {
    description: 'Lists a folder.',
    effect: 'read',
    input: `  dirPath: z.string(),
  offset: wholeNumber.default(1),
  limit: wholeNumber.default(25),
  depth: wholeNumber.default(2),`,
  },
  grepFiles: {
    description: 'Finds files whose text matches.',
    effect: 'read',
    input: `  pattern: z.string(),
  include: z.string().optional(),
  path: z.string().optional(),
  limit: wholeNumber.default(100),`,
  },
  fileSearch: {
    description: 'Finds files by characters of their path.',
    effect: 'read',
    input: '  pattern: z.string(),',
    output: `z.object({
  files: z.array(
    z.object({
      path: z.string(),
      kind: z.enum(['file', 'directory']),
      score: z.number(),
      indices: z.array(z.int()),
    }),
  ),
})`,
  },
}

/** A module that shows an implementation of tools as the contract `Tool`. */
export function typescriptAdapter(tools: readonly InitTool[]): string {
  const parts = tools.map(tool => [tool, PARTS[tool]] as const)
  const needsNumber = parts.some(([, { input }]) => input.includes('wholeNumber'))
  return [
    `// What \`scriptbench ports check\` sees of this port.
import type { Tool } from 'scriptbench'
import { z } from 'zod'

// Import your own implementation here and call it below, where it says "not connected yet".`,
    ...(needsNumber
      ? ["const wholeNumber = z.number().min(0).refine(Number.isInteger, 'expected a whole number')"]
      : []),
    ...parts.map(([tool, part]) => section(tool, part)),
  ]
    .join('\n\n')
    .concat('\n')
}

function section(tool: InitTool, { description, effect, input, output }: Part): string {
  const name = `your${tool[0]?.toUpperCase()}${tool.slice(1)}`
  return `const ${tool}Input = z.object({
${input}
})
const ${tool}Output = ${output ?? 'z.string()'}
type ${named(tool)}Input = z.infer<typeof ${tool}Input>
type ${named(tool)}Output = z.infer<typeof ${tool}Output>

/** ${output === undefined ? 'Gives the text that a model is shown' : 'Gives the result'}; throws where the tool refuses. \`folder\` is the working directory. */
async function ${name}(_input: ${named(tool)}Input, _folder: string): Promise<${named(tool)}Output> {
  throw new Error('${tool} is not connected yet')
}

export const ${tool}: Tool<${named(tool)}Input, ${named(tool)}Output> = {
  name: '${tool}',
  description: '${description}',
  effect: '${effect}',
  concurrencyMax: 1,
  input: ${tool}Input,
  output: ${tool}Output,
  async run(input, { workspace }) {
    try {
      return { ok: true, value: await ${name}(input, workspace.guestRoot) }
    } catch (error) {
      return { ok: false, error: { code: 'failed', message: error instanceof Error ? error.message : String(error) } }
    }
  },
  render: ${output === undefined ? 'text => text' : 'output => JSON.stringify(output)'},
}`
}

function named(tool: string): string {
  return `${tool[0]?.toUpperCase()}${tool.slice(1)}`
}
