import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { LOG_VERSION } from '../../../src/contracts/events.ts'
import { spentSoFar } from '../../../src/run/suite/spent.ts'
import { folderWith, temporaryFolder } from '../../helpers/folders.ts'

const prices = { inputPerMillion: 1, outputPerMillion: 2, source: 'test', date: '2026-01-01' }
const start = { type: 'trial_start', trial: { prices }, startedAt: '', toolDefinitionTokens: 0 }
const reply = (usage: object) => ({ type: 'model_reply', turn: 1, latencyMs: 1, usage })

function logOf(...events: object[]): string {
  const lines = events.map((event, seq) => JSON.stringify({ seq, atMs: 0, ...event }))
  return `${[JSON.stringify({ log: 'scriptbench', version: LOG_VERSION }), ...lines].join('\n')}\n`
}

test('finished, interrupted and earlier attempts were all paid for', async () => {
  const million = reply({ inputFreshTokens: 1e6, outputTokens: 1e6, estimated: false, raw: null })
  const folder = await folderWith({
    'trials/a/events.jsonl': logOf(start, million, million),
    'trials/a/earlier-1.jsonl': logOf(start, million),
    'trials/b/events.jsonl': `${logOf(start, million)}{"seq": 2, "torn`,
    'trials/c/events.jsonl': 'no log at all',
  })
  await writeFile(join(folder, 'trials', 'stray'), '')
  expect(await spentSoFar(folder)).toEqual({ usd: 12, tokens: 8e6 })
})

test('what no endpoint reported, and a folder without trials, add nothing', async () => {
  const folder = await folderWith({
    'trials/a/events.jsonl': logOf(start, reply({ outputTokens: 5, estimated: false, raw: null })),
  })
  expect(await spentSoFar(folder)).toEqual({ usd: 0, tokens: 5 })
  expect(await spentSoFar(await temporaryFolder())).toEqual({ usd: 0, tokens: 0 })
})
