import { execFileSync } from 'node:child_process'
import { copyFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/** Files that the compiled code reads and TypeScript does not copy: place under dist → where it comes from. */
const ASSETS = {
  'tools/shell-command/tree-sitter-bash.wasm': import.meta.resolve('tree-sitter-bash/tree-sitter-bash.wasm'),
}

const root = join(import.meta.dirname, '..')
const dist = join(root, 'dist')
const CLIENT = join(root, 'src', 'viewer', 'client')
rmSync(dist, { recursive: true, force: true })
try {
  const compiler = join(root, 'node_modules', '.bin', 'tsc')
  execFileSync(compiler, ['-p', join(root, 'tsconfig.build.json')], { stdio: 'inherit' })
  // The viewer's pages run in browsers and know other globals, so their script is a project of its own.
  const client = ['--noEmit', 'false', '--rootDir', CLIENT, '--outDir', join(dist, 'viewer', 'client')]
  execFileSync(compiler, ['-p', CLIENT, ...client], { stdio: 'inherit' })
  for (const [to, from] of Object.entries(ASSETS)) copyFileSync(new URL(from), join(dist, to))
} catch (error) {
  // A half-made build would be run in place of the sources.
  rmSync(dist, { recursive: true, force: true })
  throw error
}
