import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { defaultCacheDir } from '../src/suite/npm/cache.ts'

/** The Node versions the engine promises to run on, and the oldest one the package can be installed on. */
export const NODE_VERSIONS = ['22', '24', '26'] as const
export const NODE_VERSION_MIN = '22.18.0'

/** The program of a Node version, installed once into a cache by the npm package `node`. */
export function nodeProgram(version: string): string {
  if (process.versions.node.split('.')[0] === version) return process.execPath
  const folder = join(defaultCacheDir(), 'nodes', version)
  const program = join(folder, 'node_modules', 'node', 'bin', 'node')
  if (existsSync(program)) return program
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, allowScripts: { node: true } }))
  const install = ['install', '--no-audit', '--no-fund', '--loglevel', 'error', `node@${version}`]
  execFileSync('npm', install, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] })
  return program
}
