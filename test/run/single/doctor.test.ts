import { expect, test } from 'vitest'
import { MODEL_KINDS, modelForm } from '../../../src/base/models/model-kind.ts'
import { examineMachine } from '../../../src/run/single/doctor.ts'

test('every key of a provider is reported as there or not, and never shown', async () => {
  const findings = await examineMachine({ OPENAI_API_KEY: 'sk-secret', ANTHROPIC_API_KEY: '' })
  const keys = MODEL_KINDS.flatMap(kind => modelForm(kind).service?.key ?? [])
  expect(findings.filter(({ name }) => keys.includes(name))).toEqual([
    { name: 'OPENAI_API_KEY', isThere: true, detail: 'yes' },
    expect.objectContaining({ name: 'ANTHROPIC_API_KEY', isThere: false, detail: 'no' }),
  ])
  expect(JSON.stringify(findings)).not.toContain('sk-secret')
})

test('whatever is missing says what does not work without it', async () => {
  const findings = await examineMachine({})
  expect(findings.find(({ name }) => name === 'Node')).toMatchObject({ isThere: true, detail: process.version })
  expect(findings.filter(({ isThere, lack }) => isThere === (lack !== undefined))).toEqual([])
})
