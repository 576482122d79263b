import type { JsonValue } from '../../src/contracts/json.ts'
import type { ToolCall, ToolOutcome } from '../../src/contracts/tool.ts'

const FILES: Record<string, string> = {
  '.gitignore': 'node_modules\n',
  'CHANGELOG.md': '# Changelog\n\n- 1.2.0: users\n',
  'README.md': '# Demo\n\nA demo of a demo.\n\n## Use\n\nnpm test\n',
  'data/orders.csv': 'id,amount\n1,10\n2,32\n',
  'data/users.json': '[{"email":"A@example.com","active":true},{"email":"b@example.org","active":false}]',
  'logs/app.log': '09:00:00 INFO started\n09:00:01 ERROR no disk\n09:00:02 INFO ended\n',
  'package.json': '{"name":"demo","version":"1.2.0","scripts":{"test":"node --test"},"dependencies":{"zod":"^4.0.0"}}',
  'src/index.ts':
    "import { sum } from './sum.ts'\nimport { store } from './store.ts'\n// TODO: print\nexport const total = sum(1, 2)\n",
  'src/store.ts': 'export class Store {\n  values: number[] = []\n}\nexport const store = new Store()\n',
  'src/sum.ts': 'export const sum = (a: number, b: number) => a + b\n',
  'test/sum.test.ts': "import { sum } from '../src/sum.ts'\n",
}

/** The six tools over a few files in memory: enough for a program to run to its end. */
export function callStub({ tool, args }: Pick<ToolCall, 'tool' | 'args'>): ToolOutcome {
  try {
    return { ok: true, result: (TOOLS[tool] as (args: unknown) => JsonValue)(args), text: '' }
  } catch (error) {
    return { ok: false, error: { code: 'not-found', message: (error as Error).message } }
  }
}

const inWorkspace = (path: string) => path.replace(/^\/workspace\/?|^\.\/?$/, '')

const TOOLS: Record<string, (args: never) => JsonValue> = {
  readFile({ filePath, offset = 1, limit = 2000 }: { filePath: string; offset?: number; limit?: number }) {
    const text = FILES[inWorkspace(filePath)]
    if (text === undefined) throw new Error(`no such file: ${filePath}`)
    const lines = text
      .replace(/\n$/, '')
      .split('\n')
      .slice(offset - 1, offset - 1 + limit)
    return { text: lines.join('\n'), startLine: offset, endLine: offset - 1 + lines.length }
  },
  listDir({
    dirPath,
    offset = 1,
    limit = 25,
    depth = 2,
  }: {
    dirPath: string
    offset?: number
    limit?: number
    depth?: number
  }) {
    const folder = inWorkspace(dirPath)
    const inside = Object.keys(FILES).filter(path => path.startsWith(folder))
    const folders = inside
      .map(path => path.split('/').slice(0, -1).join('/'))
      .filter(path => path.length > folder.length)
    const entries = [
      ...[...new Set(folders)].map(path => ({ path, kind: 'directory' })),
      ...inside.map(path => ({ path, kind: 'file' })),
    ].map(({ path, kind }) => ({
      path: `/workspace/${path}`,
      kind,
      depth: path.slice(folder.length).split('/').filter(Boolean).length,
    }))
    const near = entries.filter(entry => entry.depth <= depth)
    return {
      dirPath: `/workspace/${folder}`,
      entries: near.slice(offset - 1, offset - 1 + limit),
      more: near.length > offset - 1 + limit,
    }
  },
  grepFiles({ pattern, include = '' }: { pattern: string; include?: string }) {
    const matches = Object.entries(FILES).filter(
      ([path, text]) => new RegExp(pattern).test(text) && path.endsWith(include.replace(/^.*\*/, '')),
    )
    return { paths: matches.map(([path]) => `/workspace/${path}`) }
  },
  fileSearch({ pattern }: { pattern: string }) {
    const found = Object.keys(FILES).filter(path => path.includes(pattern))
    const files = found.map(path => ({ path, kind: 'file', score: 1, indices: [0] }))
    return files.length > 0 ? { files } : { files, hint: 'the search is fuzzy' }
  },
  exec({ command }: { command: string[] }) {
    const stdout = command.includes('--json') ? '{"ok":true}' : '5\n'
    return { exitCode: 0, stdout, stderr: '', aggregatedOutput: stdout, timedOut: false, durationMs: 1 }
  },
  applyPatch({ patch }: { patch: string }) {
    const named = (kind: string) =>
      [...patch.matchAll(new RegExp(`^\\*\\*\\* ${kind} File: (.*)$`, 'gm'))].map(match => match[1] as string)
    return { added: named('Add'), modified: named('Update'), deleted: named('Delete') }
  },
}
