import { expect, test } from 'vitest'
import type { ApprovalAnswer, ApprovalRequest } from '../../../src/contracts/tool.ts'
import { type AskPerson, createApprovalGate } from '../../../src/run/single/approval-gate.ts'

const REQUEST: ApprovalRequest = {
  callId: '1',
  tool: 'exec',
  args: {},
  need: { reason: 'escalation', detail: 'npm test', sessionKey: 'npm test' },
}
const GOING_ON = new AbortController().signal

function gate(answer: ApprovalAnswer, askPerson?: AskPerson) {
  return createApprovalGate({ policy: 'on-request', answer }, askPerson)
}

test('a fixed answer asks no one', async () => {
  const never: AskPerson = () => Promise.reject(new Error('asked'))
  expect(await gate('allow', never).decide(REQUEST, GOING_ON)).toBe('allowed')
  expect(await gate('deny', never).decide(REQUEST, GOING_ON)).toBe('denied')
})

test('a person is asked once for a whole session', async () => {
  const asked: string[] = []
  const asking = gate('ask', async ({ callId }) => {
    asked.push(callId)
    return 'allowed-for-session'
  })
  expect(await asking.decide(REQUEST, GOING_ON)).toBe('allowed')
  expect(await asking.decide({ ...REQUEST, callId: '2' }, GOING_ON)).toBe('allowed')
  expect(asked).toEqual(['1'])
})

test('without a person, and after an interruption, the call is denied', async () => {
  expect(await gate('ask').decide(REQUEST, GOING_ON)).toBe('denied')
  expect(await gate('ask', async () => 'allowed').decide(REQUEST, AbortSignal.abort())).toBe('denied')
})
