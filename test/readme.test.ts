import { globSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { commandsOf } from './helpers/page-commands.ts'
import { PROJECT_ROOT } from './helpers/run-cli.ts'

describe('the README', () => {
  test('names the two commands first', async () => {
    const [first, second] = await commandsOf('README.md')
    expect(first).toBe('npm ci && npm run demo')
    expect(second).toBe('npm ci && npm test')
    const { scripts } = JSON.parse(await readFile(join(PROJECT_ROOT, 'package.json'), 'utf8'))
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(['demo', 'test', 'check', 'scriptbench', 'docs']))
  })

  test('links lead somewhere', async () => {
    for (const page of globSync(['*.md', 'docs/*.md', 'reports/*.md'], { cwd: PROJECT_ROOT })) {
      const text = await readFile(join(PROJECT_ROOT, page), 'utf8')
      const links = [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(match => match[1] as string)
      for (const link of links) {
        await expect(
          readFile(join(PROJECT_ROOT, page, '..', link)),
          `${page} links to ${link}`,
        ).resolves.toBeInstanceOf(Buffer)
      }
    }
  })
})
