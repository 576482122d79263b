// Covers: port-check/exec/session-places.ts
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { checkPorts } from '../../../src/port-check/check/check-ports.ts'
import { temporaryFolder } from '../../helpers/folders.ts'
import { describeSandboxed } from '../../helpers/sandbox.ts'

/** Of each file the verdicts of its cases, all from one run of the checker. */
async function verdictsOf(files: readonly string[], keep: (category: string) => boolean = () => true) {
  const { cases } = await checkPorts({ corpora: files, processesMax: 2, keep: ({ category }) => keep(category) })
  return files.map(name =>
    cases
      .filter(({ file }) => file === name)
      .map(({ verdict }) => (verdict.kind === 'deviation' ? verdict.id : verdict.kind)),
  )
}

const group = (fields: object) => ({
  approval: 'never',
  sandbox: 'danger-full-access',
  decision: 'approved',
  config: {},
  env: {},
  model: 'test-gpt-5-codex',
  files: {},
  ...fields,
})

interface Call {
  script: string
  prints: string
  asks?: boolean
}

/** A corpus of one conversation whose calls print what is said; each asks or does not. */
async function corpusOf(fields: object, calls: readonly Call[], model = (body: string) => JSON.stringify(body)) {
  const lines = calls.map(({ script, prints, asks = false }, index) => ({
    ...group(fields),
    id: `c${index + 1}`,
    group: 'only',
    tool: 'shell',
    args: { command: ['bash', '-c', script] },
    events: [
      'exec_command_begin',
      ...(asks ? ['exec_approval_request:None'] : []),
      ...(prints === '' ? [] : ['delta']),
      'exec_command_end',
    ],
    end: { stdout: prints, stderr: '', aggregated_output: prints, exit_code: 0, formatted_output: prints },
    model_output: model(prints),
    delta_bytes: prints === '' ? {} : { stdout: prints },
  }))
  const header = { _header: true, corpus: 'exec', groups: { only: group(fields) } }
  const file = join(await temporaryFolder(), 'own.jsonl')
  await writeFile(file, [header, ...lines].map(line => JSON.stringify(line)).join('\n'))
  return file
}

const asJson = (body: string) =>
  `{"output":${JSON.stringify(body)},"metadata":{"exit_code":0,"duration_seconds":{{S}}}}`
const asText = (body: string) => `Exit code: 0\nWall time: {{S}} seconds\nOutput:\n${body}`

test('calls are run as their conversation says, and what differs is told', async () => {
  const shared = await corpusOf(
    {},
    [
      { script: 'echo x > made', prints: '' },
      { script: 'cat made; pwd', prints: 'x\n{{CWD}}\n' },
      { script: 'echo other', prints: 'recorded\n' },
    ],
    asJson,
  )
  const freeform = await corpusOf({ model: 'codex-exp-oracle' }, [{ script: 'echo hi', prints: 'hi\n' }], asText)
  const config = { shell_environment_policy: { inherit: 'none', set: { A: '1', B_KEY: '2' }, include_only: ['b*'] } }
  const variables = await corpusOf(
    { config },
    [{ script: '/usr/bin/env | /bin/grep -E "^[AB]"', prints: 'B_KEY=2\n' }],
    asJson,
  )
  const strange = join(await temporaryFolder(), 'strange.jsonl')
  const one = { ...group({}), id: 'c1', group: 'missing', tool: 'shell', args: {}, events: [], model_output: null }
  const header = { _header: true, corpus: 'exec', groups: { other: group({}) } }
  await writeFile(strange, `${JSON.stringify(header)}\n${JSON.stringify(one)}`)
  expect(await verdictsOf([shared, freeform, variables, strange])).toEqual([
    ['identical', 'identical', 'text-only'],
    ['identical'],
    ['identical'],
    ['error'],
  ])
})

describeSandboxed('under bubblewrap', () => {
  test('questions, writable folders and patches are as upstream has them', async () => {
    const session = await corpusOf(
      { approval: 'untrusted', sandbox: 'workspace-write', decision: 'approved_for_session' },
      [
        { script: 'echo once', prints: 'once\n', asks: true },
        { script: 'echo once', prints: 'once\n' },
        { script: 'echo other', prints: 'other\n', asks: true },
      ],
      asJson,
    )
    const config = { sandbox_workspace_write: { writable_roots: ['{{OUT}}'], exclude_slash_tmp: true } }
    const roots = await corpusOf(
      { sandbox: 'workspace-write', config },
      [
        { script: 'echo x > {{OUT}}/made && cat {{OUT}}/made', prints: 'x\n' },
        { script: 'touch ../up 2>/dev/null || echo refused', prints: 'refused\n' },
      ],
      asJson,
    )
    const recorded = join(import.meta.dirname, '../../../fixtures/ports/exec.jsonl')
    const groups = ['only', 'patch_on-failure_read-only', 'patch_on-request_workspace-write', 'onrequest_ws_denied']
    const verdicts = await verdictsOf([session, roots, recorded], category => groups.includes(category))
    expect(verdicts.map(of => of.length)).toEqual([3, 2, 28])
    expect(verdicts.flat().filter(verdict => verdict !== 'identical')).toEqual([])
  })
})
