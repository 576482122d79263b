// Covers: port-check/record/drift.ts, port-check/record/exec-turn.ts, port-check/record/merge-case.ts
// Covers: port-check/record/patch-program-recorder.ts, port-check/record/recorder.ts
// Covers: port-check/upstream/app-server.ts, port-check/upstream/converse.ts, port-check/upstream/event-session.ts
// Covers: port-check/upstream/responses-server.ts, port-check/upstream/run-patch-program.ts
import { describe, expect, test } from 'vitest'
import { recordCorpus } from '../../../src/port-check/record/record-corpus.ts'
import { addCase, corpusWith, fileWith } from '../sample-ports.ts'
import { fakeUpstream } from '../upstream/fake-upstream.ts'

const DIGEST = 'a'.repeat(64)
/** Writes as the cases of `addCase` expect it. */
const ADDS = `name=\${1#*File: }; name=\${name%%
*}; echo x > "$name"; printf 'Success. Updated the following files:\\nA %s\\n' "$name"`

function linesOf(text: string) {
  return text
    .trim()
    .split('\n')
    .map(line => JSON.parse(line))
}

describe('the patch program', () => {
  test('what is as it stands in the corpus keeps its bytes', async () => {
    const program = await fakeUpstream('0.169.0', ADDS)
    const oracle = { '0.169.0': { npm: '@openai/codex@0.169.0', sha256: program.sha256 } }
    const one =
      '{"tags":[ ],  "id":"a", "input": {}, "invoke": {"mode":"arg","patch":"*** Begin Patch\\n*** Add File: a.txt\\n+x\\n*** End Patch"}, '
    const done =
      '"expect": {"0.169.0": {"tree": {"a.txt": {"f": "x\\n"}}, "exit": 0, "stdout": "Success. Updated the following files:\\nA a.txt\\n", "stderr": ""}}}'
    const file = await fileWith(
      'c.jsonl',
      `${JSON.stringify({ _header: true, corpus: 'apply_patch', oracle })}\n${one}${done}\n`,
    )
    const recorded = await recordCorpus({ file, programs: [program] })
    expect(recorded.versions).toMatchObject([{ version: '0.169.0', cases: 1, same: 1, changed: [], unstable: [] }])
    expect(recorded.isIdentical).toBe(true)
  })

  test('what the program does otherwise is written down, with the digest of the program', async () => {
    const program = await fakeUpstream('0.169.0', `echo y > b.txt; echo done; exit 3`)
    const recorded = await recordCorpus({ file: await corpusWith([addCase('a')]), programs: [program] })
    const [header, line] = linesOf(recorded.text)
    expect(header).toEqual({ _header: true, corpus: 'apply_patch', oracle: { '0.169.0': program.sha256 } })
    const done = { exit: 3, stdout: 'done\n', stderr: '', tree: { 'b.txt': { f: 'y\n' } } }
    expect(line).toEqual({ ...addCase('a'), expect: { '0.169.0': done } })
    expect(recorded.versions).toMatchObject([{ changed: ['a'] }])
    expect(recorded.isIdentical).toBe(false)
  })

  test('two versions: what they share is said once, what differs is drift', async () => {
    const programs = [
      await fakeUpstream('0.169.0', `case "$1" in *a.txt*) echo new ;; esac`),
      await fakeUpstream('0.55.0', `case "$1" in *a.txt*) echo old; echo x > x ;; esac`),
    ]
    const cases = ['a', 'b'].map(id => ({ ...addCase(id), expect: {} }))
    const recorded = await recordCorpus({ file: await corpusWith(cases), programs })
    const [, first, second] = linesOf(recorded.text)
    expect(first.drift).toEqual(['stdout', 'tree', 'tree_unchanged'])
    expect(second).toMatchObject({ drift: [], expect: { '0.169.0': { exit: 0 }, '0.55.0': { same: true } } })
    expect(recorded.drift).toEqual({
      between: ['0.169.0', '0.55.0'],
      cases: 2,
      drifting: [{ id: 'a', category: 'add', drift: ['stdout', 'tree', 'tree_unchanged'] }],
    })
  })

  test('two runs that disagree are unstable; a case that is marked keeps what stands there', async () => {
    const program = await fakeUpstream('0.169.0', `echo $$`)
    const cases = [addCase('a'), addCase('b', { unstable: ['0.169.0'] })]
    const recorded = await recordCorpus({ file: await corpusWith(cases), programs: [program] })
    const [, first, second] = linesOf(recorded.text)
    expect(first.unstable).toEqual(['0.169.0'])
    expect(second).toEqual(cases[1])
    expect(recorded.versions).toMatchObject([{ unstable: ['a'], same: 1 }])
  })

  test('arguments that are no text, other names, standard input and variables reach the program', async () => {
    const program = await fakeUpstream(
      '0.169.0',
      `printf '%s ' "$(basename "$0")" "$#" "$V"; printf '%s' "$1" | od -An -tx1; cat`,
    )
    const invoke = { mode: 'argv0', argv0: 'applypatch', args: [{ b64: '/woK' }, 'two'], stdin: 'in' }
    const one = { ...addCase('a'), invoke, env: { V: 'v' } }
    const [, line] = linesOf((await recordCorpus({ file: await corpusWith([one]), programs: [program] })).text)
    expect(line.expect['0.169.0'].stdout).toBe('applypatch 2 v  ff 0a 0a\nin')
  })
})

const READ = {
  _header: true,
  corpus: 'read_file',
  oracle: { '0.55.0': DIGEST },
  trees: { t: { tree: { 'f.txt': { f: '' } } } },
}

describe('tools of a session', () => {
  test('calls are made in a conversation and answers written down', async () => {
    const program = await fakeUpstream('0.55.0')
    const cases = [
      { id: 'r1', tree: 't', args: { file_path: '{{CWD}}/f.txt', limit: 2 }, tags: [], output: '' },
      { id: 'r2', tree: 't', args: '{"file_path":  1}', tags: [], output: '' },
    ]
    const recorded = await recordCorpus({ file: await corpusWith(cases, READ), programs: [program] })
    const [header, ...lines] = linesOf(recorded.text)
    expect(header.oracle).toEqual({ '0.55.0': program.sha256 })
    expect(lines.map(({ output }) => output)).toEqual([
      'L1: {"file_path":"{{CWD}}/f.txt","limit":2}',
      'L1: {"file_path":  1}',
    ])
  })

  test('a release without the tool is told, and nothing changes', async () => {
    const file = await corpusWith([{ id: 'r1', tree: 't', args: {}, tags: [], output: '' }], READ)
    const recorded = await recordCorpus({ file, programs: [await fakeUpstream('0.169.0')] })
    expect(recorded.versions).toMatchObject([{ refusal: '0.169.0 has no tool read_file', cases: 0 }])
    expect(linesOf(recorded.text)[0]).toEqual(READ)
  })

  test('a command that was announced as a change of files is a patch', async () => {
    const header = { _header: true, corpus: 'apply_patch_invocation' }
    const file = await corpusWith([{ id: 'h1', argv: ['bash', '-lc', 'x'], observed: {} }], header)
    const recorded = await recordCorpus({ file, programs: [await fakeUpstream('0.55.0')] })
    expect(linesOf(recorded.text)[1].observed).toEqual({ '0.55.0': { kind: 'patch', files: ['out.txt'], content: {} } })
  })

  test('a search that ends the server gets no reply, and the next one a new server', async () => {
    const header = { _header: true, corpus: 'fuzzyFileSearch', trees: { t: { 'x.txt': { f: '' } } } }
    const cases = ['silence', 'x'].map(query => ({ id: query, tree: 't', query, roots: ['{{CWD}}'], result: {} }))
    const recorded = await recordCorpus({
      file: await corpusWith(cases, header),
      programs: [await fakeUpstream('0.169.0')],
    })
    const [, silent, found] = linesOf(recorded.text)
    expect(silent.result['0.169.0']).toEqual({ no_reply: 'Empty' })
    expect(found.result['0.169.0'].files).toMatchObject([{ root: '{{CWD}}', path: 'x.txt' }])
  })
})

test('what a command announces is written down, without what differs from run to run', async () => {
  const policies = { approval: 'untrusted', sandbox: 'read-only', decision: 'denied', model: 'm' }
  const header = { _header: true, corpus: 'exec', groups: { g: { ...policies, config: {}, env: {}, files: {} } } }
  const file = await corpusWith(
    [{ id: 'e1', group: 'g', ...policies, tool: 'shell', args: {}, delta_bytes: {} }],
    header,
  )
  const recorded = await recordCorpus({ file, programs: [await fakeUpstream('0.55.0')] })
  expect(linesOf(recorded.text)[1]).toMatchObject({
    events: ['exec_command_begin', 'exec_approval_request:None', 'delta', 'exec_command_end'],
    begin: { command: ['shell'], cwd: '{{CWD}}' },
    end: { stdout: 'denied', stderr: '', aggregated_output: 'denied', formatted_output: '{{CWD}}', exit_code: 0 },
    model_output: '{"output":"","metadata":{"exit_code":0,"duration_seconds":{{S}}}}',
    delta_bytes: { stdout: 'denieddenied' },
    seconds: 1.3,
  })
})

test('a corpus that no recorder knows is refused', async () => {
  const file = await corpusWith([{ id: 'x' }], { _header: true, corpus: 'poetry' })
  await expect(recordCorpus({ file, programs: [] })).rejects.toThrow(/expected a corpus of one of applyPatch/)
})
