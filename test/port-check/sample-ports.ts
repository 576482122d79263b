import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** A folder with one file of text, gone after the test; gives the file's path. */
export async function fileWith(name: string, text: string): Promise<string> {
  const folder = await mkdtemp(join(await realpath(tmpdir()), 'scriptbench-test-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const file = join(folder, name)
  await writeFile(file, text)
  return file
}

/** A port module with one tool, `applyPatch`, whose `run` has the given body; `patch` and `cwd` are in scope. */
export function patchPort(body: string, before = ''): Promise<string> {
  return fileWith(
    'port.mjs',
    `import * as fs from 'node:fs'
    ${before}
    export const applyPatch = {
      name: 'applyPatch',
      input: { safeParse: data => ({ success: true, data }) },
      async run({ patch }, { workspace: { guestRoot: cwd } }) { ${body} },
      render: text => text,
    }`,
  )
}

const HEADER = { _header: true, corpus: 'apply_patch' }

/** A case of the patch program that adds a file. */
export function addCase(id: string, more: object = {}) {
  const patch = `*** Begin Patch\n*** Add File: ${id}.txt\n+x\n*** End Patch`
  const stdout = `Success. Updated the following files:\nA ${id}.txt\n`
  const done = { exit: 0, stdout, stderr: '', tree: { [`${id}.txt`]: { f: 'x\n' } } }
  return {
    id,
    category: 'add',
    tags: [],
    input: {},
    invoke: { mode: 'arg', patch },
    expect: { '0.169.0': done },
    ...more,
  }
}

/** A corpus file of the given lines, below a header; texts are taken as they are. */
export function corpusWith(lines: readonly (object | string)[], header: object | undefined = HEADER): Promise<string> {
  const all = [...(header ? [header] : []), ...lines]
  return fileWith('corpus.jsonl', all.map(line => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'))
}
