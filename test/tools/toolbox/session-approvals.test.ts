import { expect, test } from 'vitest'
import type { ApprovalRequest } from '../../../src/contracts/tool.ts'
import { createSessionApprovals, type SessionAnswer } from '../../../src/tools/toolbox/session-approvals.ts'

const request = (sessionKey?: string): ApprovalRequest => ({
  callId: 'c1',
  tool: 'exec',
  args: {},
  need: { reason: 'unsafe-command', detail: '', ...(sessionKey !== undefined && { sessionKey }) },
})

async function answersTo(keys: readonly (string | undefined)[], answer: SessionAnswer) {
  let asked = 0
  const gate = createSessionApprovals({
    policy: 'untrusted',
    async ask() {
      asked++
      return answer
    },
  })
  const decided: string[] = []
  for (const key of keys) decided.push(await gate.decide(request(key), new AbortController().signal))
  return { asked, decided }
}

test('what is allowed for the session is asked once for each key', async () => {
  const { asked, decided } = await answersTo(['a', 'a', 'b', 'a'], 'allowed-for-session')
  expect({ asked, decided }).toEqual({ asked: 2, decided: ['allowed', 'allowed', 'allowed', 'allowed'] })
})

test.each(['allowed', 'denied'] as const)('%s applies to one question', async answer => {
  expect(await answersTo(['a', 'a'], answer)).toEqual({ asked: 2, decided: [answer, answer] })
})

test('without a key nothing is remembered', async () => {
  expect((await answersTo([undefined, undefined], 'allowed-for-session')).asked).toBe(2)
})
