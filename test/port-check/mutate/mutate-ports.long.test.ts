import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createFolder } from '../../helpers/run-cli.ts'
import { describeSandboxed } from '../../helpers/sandbox.ts'
import { describeMutation } from './describe-mutation.ts'
import { readEquivalentMutants } from './equivalent-mutants.ts'
import { mutatePorts } from './mutate-ports.ts'
import { mutationReport } from './mutation-report.ts'

const CORPORA = ['list-dir', 'own-list-dir'].map(name =>
  join(import.meta.dirname, `../../../fixtures/ports/${name}.jsonl`),
)

describeSandboxed('mutants of listDir', () => {
  test('are caught by its cases; where there are none, they survive with what is missing', async () => {
    const folder = await createFolder({})
    const [header = '', first = ''] = (await readFile(CORPORA[1] as string, 'utf8')).split('\n')
    await writeFile(join(folder, 'one.jsonl'), `${header}\n${first}\n`)
    const setting = { tools: ['listDir'], seed: 'test', mutants: 2 }
    const caught = mutationReport(await mutatePorts({ ...setting, corpora: CORPORA }))
    expect(caught.summary).toMatchObject({ mutants: 2, caught: 2, survivors: 0 })
    expect(caught.caught[0]?.by).toMatchObject({ tool: 'listDir', id: expect.stringMatching(/ld-/) })

    const survived = mutationReport(await mutatePorts({ ...setting, mutants: 1, corpora: [join(folder, 'one.jsonl')] }))
    const [survivor] = survived.survivors
    expect(survivor?.file).toMatch(/^tools\/list-/)
    const text = describeMutation(survived)
    expect(text).toContain(`src/${survivor?.file}:${survivor?.line}`)
    expect(text).toContain(`- ${survivor?.before.split('\n')[0]}`)
    expect(text).toContain('missing: a case')
    expect(text).toContain('record a case')
  }, 60_000)
})

test('an unknown tool is a mistake that names the known ones', async () => {
  await expect(mutatePorts({ tools: ['pigeon'], seed: '' })).rejects.toThrow(/--tool pigeon: .*applyPatch, heredoc/)
})

test('a broken list of equivalent mutants is a mistake that names the field', async () => {
  const folder = await createFolder({ 'list.yaml': '- file: a.ts\n  why: because\n' })
  await expect(readEquivalentMutants(join(folder, 'list.yaml'))).rejects.toThrow(
    /list\.yaml: 0: expected code or within/,
  )
})
