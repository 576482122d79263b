import { read, write } from '../../../contract/script-engine.ts'

const FILES: Record<string, string> = {
  'package.json': '{ "name": "demo", "version": "1.0.0", "scripts": { "test": "vitest" } }',
  'README.md': '# Demo\n\nA small project.\n',
  'src/a.ts': 'export const a = 1\nexport function add(x: number) {\n  return x + a\n}\n',
  'src/b.ts': 'export class B {}\n',
  'src/empty.ts': '',
}

/** What the harness scripts call: tools whose results are objects and lists, as an agent's are. */
export const HARNESS_TOOLS = {
  readFile: read(({ path }: { path: string }) => {
    const content = FILES[path]
    if (content === undefined) throw new Error(`no such file: ${path}`)
    return { path, content }
  }),
  writeFile: write(() => ({ isWritten: true })),
  listFiles: read(({ dir }: { dir: string }) => Object.keys(FILES).filter(path => dir === '.' || path.startsWith(dir))),
  search: read(() => [
    { file: 'src/a.ts', line: 1, text: '// TODO: export a' },
    { file: 'src/b.ts', line: 1, text: 'export class B {}' },
  ]),
  exec: read(() => ({ stdout: 'ok 1 first\nnot ok 2 second\n', stderr: '', exitCode: 0 })),
}
