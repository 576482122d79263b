import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '..')
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8')
const CONTRIBUTING = read('CONTRIBUTING.md')
const { dependencies, devDependencies, scripts } = JSON.parse(read('package.json')) as Record<
  'dependencies' | 'devDependencies' | 'scripts',
  Record<string, string>
>

/** The first cells of the rows that `pattern` finds in the page. */
function namedIn(page: string, pattern: RegExp): string[] {
  return [...page.matchAll(pattern)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name as string),
  )
}

test.each(['CONTRIBUTING.md', 'docs/architecture.md'])('every path that %s names exists', page => {
  const named = [...read(page).matchAll(/`((?:src|test|bench|docs|suites|fixtures|reports|\.ci)\/[^`\s*<]*)`/g)]
  const paths = named.map(([, path]) => path as string)
  expect(paths.length).toBeGreaterThan(5)
  expect(paths.filter(path => !existsSync(join(ROOT, path)))).toEqual([])
})

test('docs/architecture.md has a paragraph for each folder of src/', () => {
  const rooms = globSync('*/', { cwd: join(ROOT, 'src') })
  const described = [...read('docs/architecture.md').matchAll(/^\*\*`src\/([\w-]+)\/`\*\*/gm)].map(([, room]) => room)
  expect(described.toSorted()).toEqual(rooms.toSorted())
})

describe('CONTRIBUTING.md', () => {
  test('lists every npm script', () => {
    const hooks = ['prepack', 'postpack']
    const missing = Object.keys(scripts).filter(
      name => !hooks.includes(name) && !new RegExp(`\`npm (run )?${name}[ \`]`).test(CONTRIBUTING),
    )
    expect(missing).toEqual([])
  })

  test('gives a reason for every dependency, and for no other', () => {
    const section = CONTRIBUTING.slice(CONTRIBUTING.indexOf('## Dependencies'))
    const named = namedIn(section, /^\| (`[^|]+) \|/gm)
    expect(named.toSorted()).toEqual([...Object.keys(dependencies), ...Object.keys(devDependencies)].toSorted())
    expect(CONTRIBUTING).toContain(`The package has ${Object.keys(dependencies).length} dependencies.`)
  })

  test('the dependencies it calls heavy are only loaded by import()', () => {
    const heavy = namedIn(CONTRIBUTING, /^\| (`[^|]+) \|.*\| heavy \|$/gm)
    expect(heavy.length).toBeGreaterThan(3)
    const sources = globSync('src/**/*.ts', { cwd: ROOT }).map(read)
    for (const name of heavy) {
      const pattern = new RegExp(`^(?:import|export) (?!type\\b)[^'"]*from '${name}['/]`, 'm')
      expect(
        sources.some(source => source.includes(`import('${name}`)),
        `${name} is loaded by import()`,
      ).toBe(true)
      expect(
        sources.some(source => pattern.test(source)),
        `a static import of ${name}`,
      ).toBe(false)
    }
  })
})

test('package-lock.json names no registry', () => {
  expect(read('package-lock.json')).not.toContain('"resolved"')
})
