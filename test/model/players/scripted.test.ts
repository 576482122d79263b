// Covers: model/players/played-reply.ts

import { describe, expect, test } from 'vitest'
import { ask, messageOf, modelProviderContract, requestOf } from '../../contract/model-provider.ts'
import { provide, temporaryFolder } from '../../helpers/model-fixture.ts'
import { playedReplyOf } from '../../helpers/played-replies.ts'

async function scripted(content: string) {
  const folder = await temporaryFolder({ 'replies.yaml': content })
  return { ...folder, provider: provide('scripted/replies.yaml', { baseDir: folder.path }) }
}

describe('as every provider', () =>
  modelProviderContract(replies => scripted(JSON.stringify(replies.map(playedReplyOf))), { withoutUsage: 'absent' }))

const YAML = `
- text: First
  toolCalls:
    - {name: readFile, args: {filePath: a.txt}}
- text: Second
`

test('replies are played in order, and end with an answer without action', async () => {
  await using started = await scripted(YAML)
  const texts: string[] = []
  for (let turn = 0; turn < 3; turn++) texts.push(messageOf((await ask(started.provider)).reply).text)
  expect(texts).toEqual(['First', 'Second', 'The script has ended.'])
})

test('each trial plays from the first reply on', async () => {
  await using started = await scripted(YAML)
  await ask(started.provider, requestOf(undefined, { cacheKey: 'one' }))
  const { reply } = await ask(started.provider, requestOf(undefined, { cacheKey: 'two' }))
  expect(messageOf(reply).text).toBe('First')
})

test.each([
  ['- txt: typo', /replies\.yaml: 0.*txt/s],
  ['- toolCalls: [{args: {}}]', /0\.toolCalls\.0\.name/],
  ['text: no list', /Expected a list/],
  ['- [', /neither YAML nor JSON/],
])('a file like %j is a mistake that names the place', async (content, message) => {
  await expect(scripted(content)).rejects.toThrow(message)
})

test('a file that is not there is a mistake', () => {
  expect(() => provide('scripted/nowhere.yaml')).toThrow(/nowhere\.yaml/)
})
