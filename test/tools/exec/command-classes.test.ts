// Covers: tools/exec/dangerous-command.ts, tools/exec/plain-commands.ts, tools/exec/safe-command.ts
// Covers: tools/exec/sandbox-denial.ts

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isDangerousCommand } from '../../../src/tools/exec/dangerous-command.ts'
import { plainCommands } from '../../../src/tools/exec/plain-commands.ts'
import { isSafeCommand } from '../../../src/tools/exec/safe-command.ts'
import { looksDenied } from '../../../src/tools/exec/sandbox-denial.ts'

const bash = (script: string) => ['bash', '-lc', script]

describe('safe', () => {
  test.each([
    ['ls', '-la'],
    ['/bin/cat', 'x'],
    ['git', 'status'],
    ['cargo', 'check'],
    ['sed', '-n', '1,200p', 'file'],
    ['sed', '-n', '3p'],
    ['find', '.', '-name', '*.ts'],
    ['rg', '-n', 'x'],
    bash('ls && git status | head -3; pwd || true'),
    bash(`grep -R "a b" 'c d'`),
    bash('ls *.txt'),
    bash('ls\npwd'),
    ['zsh', '-lc', 'ls'],
  ])('%s %s %s %s', async (...command) => {
    expect(await isSafeCommand(command.filter(Boolean))).toBe(true)
  })

  test.each([
    [[]],
    [['make']],
    [['git', 'commit']],
    [['git']],
    [['cargo', 'build']],
    [['sed', '-i', 's/a/b/', 'x']],
    [['sed', '-n', '1,5w x']],
    [['sed', '-n', '1p', 'a', 'b']],
    [['find', '.', '-delete']],
    [['find', '.', '-exec', 'rm', '{}', ';']],
    [['rg', '--pre', 'sh']],
    [['rg', '--pre=sh']],
    [['rg', '-z', 'x']],
    [['bash', '-c', 'ls']],
    [['/bin/bash', '-lc', 'ls']],
    [['sh', '-lc', 'ls']],
    [['bash', '-lc', 'ls', 'extra']],
    [bash('')],
    [bash('ls > file')],
    [bash('ls $(rm x)')],
    [bash('ls "$HOME"')],
    [bash('ls `x`')],
    [bash('ls & rm x')],
    [bash('ls |& sh')],
    [bash('ls\nrm x')],
    [bash('FOO=1 ls')],
    [bash('(ls)')],
    [bash('{ ls; }')],
    [bash('ls && make')],
    [bash('ls &&')],
    [bash('ls # rm')],
    [bash('l\\s')],
    [bash('cat <(rm x)')],
    [bash('ls ;; rm')],
    [bash("ls 'x")],
  ])('not %j', async command => {
    expect(await isSafeCommand(command)).toBe(false)
  })

  test('no script with a substitution, a redirect, a group or a background command is taken for plain words', async () => {
    const meaningful = fc.constantFrom('$x', '`', '>x', '<x', '(', ')', ' & ')
    const property = fc.asyncProperty(fc.string(), meaningful, fc.string(), async (before, inner, after) => {
      if (/['"\\]/.test(before)) return
      expect(await plainCommands(bash(`${before}${inner}${after}`))).toBeUndefined()
    })
    await fc.assert(property)
  })

  test('the words of a script are its commands in order', async () => {
    expect(await plainCommands(bash(`ls -l 'a b' "c d" 12 | wc && cat x; true\npwd`))).toEqual([
      ['ls', '-l', 'a b', 'c d', '12'],
      ['wc'],
      ['cat', 'x'],
      ['true'],
      ['pwd'],
    ])
  })
})

describe('dangerous', () => {
  test.each([
    [['rm', '-rf', '/']],
    [['rm', '-f', 'x']],
    [['git', 'reset']],
    [['/usr/bin/git', 'rm', 'x']],
    [['sudo', 'rm', '-rf', 'x']],
    [['sudo', 'sudo', 'git', 'reset']],
    [bash('ls && git reset --hard')],
  ])('%j', async command => {
    expect(await isDangerousCommand(command)).toBe(true)
  })

  test.each([[['rm', 'x']], [['git', 'status']], [['sudo', 'ls']], [['ls']], [[]], [bash('ls')]])(
    'not %j',
    async command => {
      expect(await isDangerousCommand(command)).toBe(false)
    },
  )
})

describe('a denial by the sandbox is guessed from', () => {
  const ended = (exitCode: number, stderr = '', stdout = '', aggregatedOutput = '') =>
    looksDenied({ exitCode, stderr, stdout, aggregatedOutput, timedOut: false })

  test.each([
    ['a word on stderr', ended(1, 'touch: Read-Only File System')],
    ['a word on stdout', ended(1, '', 'Operation not permitted')],
    ['a word in both together', ended(1, '', '', 'failed to write file')],
    ['a word, whatever the code', ended(126, 'Permission denied')],
    ['the code of a system call filter', ended(159)],
  ])('%s', (_, isDenied) => {
    expect(isDenied).toBe(true)
  })

  test.each([
    ['success', ended(0, 'Permission denied')],
    ['an ordinary failure', ended(1, 'no such test')],
    ['a missing program', ended(127, 'command not found')],
  ])('not from %s', (_, isDenied) => {
    expect(isDenied).toBe(false)
  })
})
