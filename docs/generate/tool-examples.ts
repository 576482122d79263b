import type { JsonObject } from '../../src/contracts/json.ts'

/** Results that a tool could give; together they show every field at work. */
export const TOOL_EXAMPLES: Record<string, JsonObject[]> = {
  exec: [
    {
      exitCode: 1,
      stdout: 'ok 1 - adds\nnot ok 2 - subtracts\n',
      stderr: 'npm warn config\n',
      aggregatedOutput: 'ok 1 - adds\nnpm warn config\nnot ok 2 - subtracts\n',
      timedOut: false,
      durationMs: 1234.5,
    },
  ],
  applyPatch: [{ added: ['src/new.ts'], modified: ['src/index.ts'], deleted: ['src/old.ts'] }],
  readFile: [{ text: 'export const answer = 42\n', startLine: 7, endLine: 8 }],
  listDir: [
    {
      dirPath: '/workspace',
      entries: [
        { path: '/workspace/src', kind: 'directory', depth: 1 },
        { path: '/workspace/src/index.ts', kind: 'file', depth: 2 },
      ],
      more: true,
    },
  ],
  grepFiles: [{ paths: ['/workspace/src/index.ts', '/workspace/test/index.test.ts'] }],
  fileSearch: [
    { files: [{ path: 'src/index.ts', kind: 'file', score: 95, indices: [4, 5, 6] }] },
    { files: [], hint: 'No path matches "*.rs": fileSearch is fuzzy.' },
  ],
}

/** Fields of a result that the text of a structured call does not show, each with the reason why that is so. */
export const UNSHOWN_FIELDS: Record<string, string> = {
  'exec.stdout': 'The text shows both streams as one, in order of arrival, as Codex does.',
  'exec.stderr': 'The text shows both streams as one, in order of arrival, as Codex does.',
  'fileSearch.files[].score': 'Only the order matters to a reader, and the order is shown.',
  'fileSearch.files[].indices': 'Highlighting for programs; a reader sees the path itself.',
}

/** Fields that the text shows in a reduced form. */
export const REDUCED_FIELDS: Record<string, string> = {
  'exec.aggregatedOutput':
    'beyond 10 KiB or 256 lines the text keeps the head and the tail, as Codex does; a script gets all that was kept',
  'exec.durationMs': 'rounded to a tenth of a second',
  'exec.timedOut': 'as a first line of the output',
  'listDir.entries[].path': 'only the last name; the folders above it are shown by indentation',
  'listDir.entries[].kind': 'as a suffix',
  'listDir.entries[].depth': 'as indentation',
  'listDir.more': 'as a last line',
  'readFile.startLine': 'as a number before each line',
  'readFile.endLine': 'as the number before the last line',
  'fileSearch.files[].kind': 'as a suffix of folders',
  'fileSearch.hint': 'only where nothing matched',
}
