import { readdirSync, readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { importsOf, sourcesOf, textOf } from './helpers/source-graph.ts'

/** Folders in reading order. Each can import itself and the folders named here, and no other of ours. */
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
const LINES_MEDIAN_MAX = 80
const FILES_MAX = 20
/** Folders with more files, for a reason. */
const FILES_MAX_OF: Record<string, number> = {
  // One method per file, each named after what it computes.
  'src/statistics': 25,
}
const files = sourcesOf('src')

/** The folder below `src`; the entries of the package lie in none. */
function roomOf(path: string): string {
  const [, room = '', ...rest] = path.split('/')
  return rest.length > 0 ? room : 'entry'
}

function linesOf(path: string): number {
  return textOf(path).trimEnd().split('\n').length
}

test('the folders of src are the rooms of this table', () => {
  const folders = readdirSync(join(import.meta.dirname, '..', 'src'), { withFileTypes: true })
  const rooms = folders.filter(entry => entry.isDirectory()).map(entry => entry.name)
  expect(Object.keys(MAY_IMPORT).sort()).toEqual(rooms.sort())
})

test.each(files)('%s imports only what its room can import', path => {
  const room = roomOf(path)
  for (const { target, isFile } of importsOf(path)) {
    if (!isFile) {
      expect(FORBIDDEN[room]?.test(target) ?? false, `${path} imports ${target}`).toBe(false)
      if (target.includes('quickjs')) expect(room, `${path} imports ${target}`).toBe('script-engine')
      continue
    }
    expect(target, `${path} imports ${target}`).not.toMatch(/^(bench|test|docs|\.ci)\//)
    const targetRoom = target.startsWith('src/') ? roomOf(target) : room
    const isAllowed = targetRoom === room || room === 'entry' || MAY_IMPORT[room]?.includes(targetRoom)
    expect(isAllowed, `${path} imports ${target}`).toBe(true)
  }
})

test.each(files)('%s imports only packages that are installed with this one', path => {
  const packages = [...textOf(path).matchAll(PACKAGE_IMPORT)]
    .flatMap(match => match[1] ?? match[2] ?? match[3] ?? [])
    .filter(target => !isBuiltin(target))
    .map(target => /^(?:@[^/]+\/)?[^/]+/.exec(target)?.[0] as string)
  expect(packages.filter(name => !INSTALLED.has(name))).toEqual([])
})

test('no file imports itself through others, types aside', () => {
  const seen = new Set<string>()
  const cycles: string[] = []
  const visit = (path: string, way: readonly string[]): void => {
    if (way.includes(path)) cycles.push([...way.slice(way.indexOf(path)), path].join(' → '))
    if (seen.has(path)) return
    seen.add(path)
    for (const { target, isFile, isTypeOnly, isLazy } of importsOf(path)) {
      if (isFile && !isTypeOnly && !isLazy && files.includes(target)) visit(target, [...way, path])
    }
  }
  for (const path of files) visit(path, [])
  expect(cycles).toEqual([])
})

test('contracts contain types, constants and the error that users see, no functions', () => {
  const withLogic = files
    .filter(path => roomOf(path) === 'contracts')
    .filter(path => /^(export )?(async )?function\b|=>\s*[{(]?$|^(export )?(abstract )?class\b/m.test(textOf(path)))
  expect(withLogic).toEqual(['src/contracts/errors.ts'])
  expect(textOf('src/contracts/errors.ts').match(/\bclass \w+/g)).toEqual(['class UserError'])
})

test.each(files)(`%s has at most ${LINES_MAX} lines and no default export`, path => {
  expect(linesOf(path)).toBeLessThanOrEqual(LINES_MAX)
  expect(textOf(path)).not.toMatch(/^export default/m)
})

test(`half of the files have at most ${LINES_MEDIAN_MAX} lines`, () => {
  const lengths = files.map(linesOf).sort((a, b) => a - b)
  expect(lengths[Math.floor(lengths.length / 2)]).toBeLessThanOrEqual(LINES_MEDIAN_MAX)
})

test(`a folder has at most ${FILES_MAX} files`, () => {
  const folders = Object.entries(Object.groupBy(files, path => dirname(path)))
  const counts = folders.map(([folder, inside = []]) => ({ folder, count: inside.length }))
  const crowded = counts.filter(({ folder, count }) => count > (FILES_MAX_OF[folder] ?? FILES_MAX))
  expect(crowded).toEqual([])
})
