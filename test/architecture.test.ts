import { readdirSync, readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { expect, test } from 'vitest'

const SRC = join(import.meta.dirname, '..', 'src')

/** Folders in reading order. Each may import itself and the folders named here, and nothing else of ours. */
const MAY_IMPORT: Record<string, string[]> = {
  contracts: [],
  base: ['contracts'],
  suite: ['contracts', 'base'],
  matrix: ['contracts', 'base'],
  workspace: ['contracts', 'base'],
  'os-sandbox': ['contracts', 'base'],
  tools: ['contracts', 'base'],
  'script-engine': ['contracts', 'base'],
  'type-check': ['contracts', 'base'],
  model: ['contracts', 'base'],
  agent: ['contracts', 'base'],
  log: ['contracts', 'base'],
  run: [
    ...['contracts', 'base', 'suite', 'matrix', 'workspace', 'os-sandbox', 'tools'],
    ...['script-engine', 'type-check', 'model', 'agent', 'log'],
  ],
  metrics: ['contracts', 'base'],
  statistics: ['contracts', 'base'],
  planning: ['contracts', 'base', 'suite', 'matrix', 'log', 'metrics', 'statistics'],
  report: ['contracts', 'base', 'log', 'metrics', 'statistics'],
  viewer: ['contracts', 'base', 'log', 'metrics', 'statistics', 'report'],
  'port-check': ['contracts', 'base', 'workspace', 'os-sandbox', 'tools', 'type-check'],
  cli: [
    ...['contracts', 'base', 'suite', 'matrix', 'log', 'run', 'metrics', 'statistics'],
    ...['planning', 'report', 'viewer', 'port-check'],
  ],
}

/** Packages and Node modules a folder must never import. */
const FORBIDDEN: Record<string, RegExp> = {
  agent: /^node:/,
  metrics: /^node:/,
  statistics: /^node:/,
  matrix: /^node:/,
  'script-engine': /^node:(fs|net|http|https|child_process|dgram|tls)/,
}

const LINES_MAX = 300

const PACKAGE_IMPORT =
  /^(?:import|export)\b[^'"`]*\bfrom '([^'.][^']*)'$|^import '([^'.][^']*)'$|\bimport\('([^'.][^']*)'\)/gm

interface Manifest {
  name: string
  dependencies: Record<string, string>
  peerDependencies: Record<string, string>
}

const manifest = JSON.parse(readFileSync(join(import.meta.dirname, '..', 'package.json'), 'utf8')) as Manifest
/** Users have these packages; generated adapters also import this one. */
const INSTALLED = new Set([
  manifest.name,
  ...Object.keys(manifest.dependencies),
  ...Object.keys(manifest.peerDependencies),
])

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter(path => path.endsWith('.ts'))
  .sort()

function importsOf(path: string): string[] {
  const source = readFileSync(join(SRC, path), 'utf8')
  const found = source.matchAll(
    /(?:^|\n)\s*(?:import|export)\b[^'"\n]*(?:\{[^}]*\}\s*from\s*)?['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)|new URL\(\s*['"](\.[^'"]+)['"]/g,
  )
  return [...found].map(match => (match[1] ?? match[2] ?? match[3]) as string)
}

function roomOf(path: string): string {
  return path.includes('/') ? (path.split('/')[0] as string) : 'entry'
}

test('there are sources to check', () => {
  expect(files.length).toBeGreaterThan(10)
})

test.each(files)('%s keeps to its room', path => {
  const room = roomOf(path)
  if (room !== 'entry') expect(MAY_IMPORT, `${path}: an unknown room`).toHaveProperty(room)
  for (const target of importsOf(path)) {
    if (!target.startsWith('.')) {
      expect(FORBIDDEN[room]?.test(target) ?? false, `${path} imports ${target}`).toBe(false)
      if (target.includes('quickjs')) expect(room, `${path} imports ${target}`).toBe('script-engine')
      continue
    }
    const inside = relative(SRC, join(SRC, dirname(path), target))
    const targetRoom = inside.startsWith('..') ? room : roomOf(inside)
    const isAllowed = targetRoom === room || room === 'entry' || MAY_IMPORT[room]?.includes(targetRoom)
    expect(isAllowed, `${path} imports ${target}`).toBe(true)
  }
})

test.each(files)('%s imports only packages that are installed with this one', path => {
  const source = readFileSync(join(SRC, path), 'utf8')
  const packages = [...source.matchAll(PACKAGE_IMPORT)]
    .flatMap(match => match[1] ?? match[2] ?? match[3] ?? [])
    .filter(target => !isBuiltin(target))
    .map(target => /^(?:@[^/]+\/)?[^/]+/.exec(target)?.[0] as string)
  expect(packages.filter(name => !INSTALLED.has(name))).toEqual([])
})

test.each(files)(`%s is at most ${LINES_MAX} lines, without any default export`, path => {
  const source = readFileSync(join(SRC, path), 'utf8')
  expect(source.split('\n').length).toBeLessThanOrEqual(LINES_MAX + 1)
  expect(source).not.toMatch(/^export default/m)
})
