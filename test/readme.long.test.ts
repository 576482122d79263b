import { execFileSync } from 'node:child_process'
import { cp, mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startAnthropicServer } from './helpers/anthropic-server.ts'
import { commandsOf } from './helpers/page-commands.ts'
import { createFolder, PROJECT_ROOT, runCli } from './helpers/run-cli.ts'
import { sandboxFlags } from './helpers/sandbox-flags.ts'

/** Splits a command line as a shell would, quotes included. */
function words(line: string): string[] {
  return [...line.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(match => match[1] ?? match[2] ?? (match[3] as string))
}

/** A repository with a commit that fixes something, for the README's commands on your own repository. */
async function repositoryWithMend(dir: string): Promise<string> {
  await mkdir(dir, { recursive: true })
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@t', ...args], { cwd: dir, encoding: 'utf8' })
  const put = (half: string) => writeFile(join(dir, 'half.js'), `module.exports = n => n ${half}\n`)
  git('init', '-q')
  await writeFile(join(dir, 'package.json'), '{"scripts": {"test": "node half.test.js"}}\n')
  await put('- 2')
  git('add', '-A')
  git('commit', '-qm', 'start')
  await put('/ 2')
  await writeFile(join(dir, 'half.test.js'), "require('node:assert').equal(require('./half.js')(8), 4)\n")
  git('add', '-A')
  git('commit', '-qm', 'half: halves')
  return git('rev-parse', 'HEAD').trim()
}

test('the commands of the README work in order, from a folder of a user', { timeout: 120_000 }, async () => {
  await using server = await startAnthropicServer(() => ({ text: 'I am done.' }))
  const home = await createFolder()
  const folder = join(home, 'here')
  await cp(join(PROJECT_ROOT, 'docs', 'examples'), join(folder, 'docs', 'examples'), { recursive: true })
  await mkdir(join(folder, 'src'), { recursive: true })
  await writeFile(join(folder, 'src', 'a.ts'), 'export function a() {}\n')
  const sha = await repositoryWithMend(join(home, 'app'))
  const env = { ANTHROPIC_BASE_URL: server.url, ANTHROPIC_API_KEY: 'test-key-of-no-use' }
  const flags = await sandboxFlags()
  const commands = (await commandsOf('README.md')).filter(line => line.startsWith('scriptbench'))
  expect(commands.length).toBeGreaterThanOrEqual(10)
  for (const command of commands) {
    const [trial = ''] = command.includes('<trial-id>') ? await readdir(join(folder, 'reports', 'mine', 'trials')) : []
    const args = words(command.replace('<trial-id>', trial).replace('1f3c9e2', sha)).slice(1)
    const [name = ''] = args
    // Left to itself the viewer runs on; and a second run of few trials is all that a gate needs to say it cannot tell.
    if (name === 'view') args.push('--export', 'pages')
    if (name === 'gate')
      await cp(join(folder, 'reports', 'first'), join(folder, 'reports', 'next'), { recursive: true })
    const needsFlags = ['run', 'script', 'tool'].includes(name)
    const { exitCode, stderr } = await runCli([...args, ...(needsFlags ? flags : [])], { cwd: folder, env })
    expect(exitCode, `${command}\n${stderr}`).toBe(name === 'gate' ? 3 : 0)
  }
})
