import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/** What the compiled code reads beside itself and TypeScript does not copy: file in the checkout → folder under dist. */
const ASSETS = {
  'node_modules/@vscode/tree-sitter-wasm/wasm/tree-sitter-bash.wasm': 'tools/shell-command/tree-sitter-bash.wasm',
}

const root = join(import.meta.dirname, '..')
const dist = join(root, 'dist')
rmSync(dist, { recursive: true, force: true })
execFileSync(join(root, 'node_modules', '.bin', 'tsc'), ['-p', join(root, 'tsconfig.build.json')], { stdio: 'inherit' })
for (const [from, to] of Object.entries(ASSETS)) {
  mkdirSync(join(dist, to, '..'), { recursive: true })
  copyFileSync(join(root, from), join(dist, to))
}
