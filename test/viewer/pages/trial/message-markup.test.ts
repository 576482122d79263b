import { expect, test } from 'vitest'
import type { JsonValue } from '../../../../src/contracts/json.ts'
import { hasCopy, isPrompt, isReply, messageMarkup } from '../../../../src/viewer/pages/trial/message-markup.ts'

const RULES = { isWhole: true, onCut() {} }
const shown = (value: JsonValue | undefined) => messageMarkup(value, RULES).markup
const part = (origin: string, text = 'x') => ({ origin, text })
const user = (...parts: JsonValue[]) => ({ role: 'user', parts })
const tool = (...parts: JsonValue[]) => ({ role: 'tool', results: [{ name: 'exec', isError: true, parts }] })

test('each part is named by its origin; one that is not known by its own name, as text', () => {
  const markup = shown(user(part('task', 'Do <it>.'), part('reinjection'), part('<other>')))
  expect(markup).toMatch(/origin-task.*the user’s prompt.*Do &lt;it&gt;\./s)
  expect(markup).toContain('reinjected prompt')
  expect(markup).toMatch(/origin-other"><p class="of">&lt;other&gt;/)
})

test('a name that every object has is no origin', () => {
  expect(shown(user(part('constructor')))).toContain('origin-other')
})

test('results of tools have their tool’s name, and whether it failed', () => {
  expect(shown(tool(part('observation', 'no such file')))).toMatch(
    /exec <span class="bad">error<\/span>.*no such file/s,
  )
})

test('a reply has its text and its calls as they were written', () => {
  const toolCalls = [{ name: 'readFile', argumentsText: '{"filePath": }' }]
  expect(shown({ role: 'assistant', text: 'I look.', toolCalls })).toMatch(/I look\..*calls readFile.*filePath/s)
})

test('a message that is not in the log is reported as missing', () => {
  expect(shown(undefined)).toContain('This message is not in the log.')
})

test.each<[string, JsonValue | undefined, { copy: boolean; reply: boolean; prompt: boolean }]>([
  ['a prompt', user(part('task')), { copy: false, reply: false, prompt: true }],
  [
    'a prompt with an observation',
    user(part('task'), part('observation')),
    { copy: false, reply: false, prompt: false },
  ],
  ['an observation with a copy of the prompt', user(part('reinjection')), { copy: true, reply: false, prompt: false }],
  ['a placebo in a result', tool(part('placebo')), { copy: true, reply: false, prompt: false }],
  ['a reply', { role: 'assistant', text: '' }, { copy: false, reply: true, prompt: false }],
  ['a message without parts', user(), { copy: false, reply: false, prompt: false }],
  ['nothing', undefined, { copy: false, reply: false, prompt: false }],
])('%s', (_what, message, expected) => {
  expect({ copy: hasCopy(message), reply: isReply(message), prompt: isPrompt(message) }).toEqual(expected)
})
