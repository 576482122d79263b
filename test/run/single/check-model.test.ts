import { describe, expect, test } from 'vitest'
import { MODEL_KINDS } from '../../../src/base/models/model-kind.ts'
import { checkModel, listModels } from '../../../src/run/single/check-model.ts'
import { folderWith } from '../../helpers/folders.ts'

describe('listModels', () => {
  test('without a spec every form is listed, and each simulated player', () => {
    const rows = listModels({})
    const kinds = rows.map(({ spec }) => spec.split('/')[0])
    expect([...new Set(kinds)]).toEqual(MODEL_KINDS)
    expect(rows.map(({ spec }) => spec)).toContain('simulated/forgetful')
  })

  test('a key is only ever set or missing, and another address is shown', () => {
    const environment = { OPENAI_API_KEY: 'sk-secret', OPENAI_BASE_URL: 'http://localhost:1/v1' }
    const [row] = listModels(environment, 'openai/gpt-6-sol')
    expect(row).toMatchObject({ endpoint: 'http://localhost:1/v1', key: 'OPENAI_API_KEY is set', playerKind: 'api' })
    expect(row?.prices).toMatch(/^\$2 in, \$10 out/)
    expect(JSON.stringify(row)).not.toContain('sk-secret')
    expect(listModels({}, 'anthropic/x')[0]).toMatchObject({
      endpoint: 'https://api.anthropic.com',
      key: 'ANTHROPIC_API_KEY is missing',
    })
  })

  test('a spec of no known form is a mistake', () => {
    expect(() => listModels({}, 'opnai/x')).toThrow(/did you mean 'openai'/)
  })
})

describe('checkModel', () => {
  test('what answers is ok, a failure is a value', async () => {
    const folder = await folderWith({
      'ready.json': JSON.stringify([{ text: 'ready', usage: { inputFreshTokens: 3, outputTokens: 1 } }]),
      'broken.json': JSON.stringify([{ failure: { class: 'auth', message: 'wrong key' } }]),
    })
    const usage = { inputFreshTokens: 3, outputTokens: 1 }
    expect(await checkModel(`scripted/${folder}/ready.json`, {})).toMatchObject({ ok: true, text: 'ready', usage })
    const failure = { class: 'auth', message: 'wrong key' }
    expect(await checkModel(`scripted/${folder}/broken.json`, {})).toMatchObject({ ok: false, failure })
  })

  test('a player that needs a task says so', async () => {
    expect(await checkModel('oracle', {})).toMatchObject({ ok: false, failure: { class: 'bad-request' } })
  })
})
