import { countTokens } from 'gpt-tokenizer/encoding/o200k_base'
import { preamble } from '../../src/agent/preamble.ts'
import { protocolText, RUN_SCRIPT } from '../../src/agent/protocol-text.ts'
import { MODE_TRAITS, MODES, type Mode } from '../../src/contracts/arm.ts'
import { createToolRegistry } from '../../src/script-engine/declarations/tool-registry.ts'
import { createTools } from '../../src/tools/create-tools.ts'
import { definitionOf } from '../../src/tools/toolbox/tool-definition.ts'
import type { AnyTool } from '../../src/tools/toolbox/toolbox.ts'
import { fenced, table } from './markdown.ts'
import { positionRows } from './positions.ts'
import { requestsOf } from './sample-conversation.ts'
import { REDUCED_FIELDS, TOOL_EXAMPLES, UNSHOWN_FIELDS } from './tool-examples.ts'
import { resultFields } from './tool-fields.ts'
import { typeProblems } from './type-problems.ts'
import { slotsOf } from './wire-bodies.ts'

/** The text of `docs/arms.md`. */
export function armsPage(): string {
  const tools = createTools()
  const registry = createToolRegistry(tools.map(definitionOf))
  return `${[
    '# The arms',
    'What a model is told in each arm, what it is shown, and where a repeated prompt stands. This page is generated from the code (`npm run docs`); a test fails when it is out of date.',
    equal(),
    '## The preamble',
    'The first part of the system text in every arm, after a line with a nonce that is as long in every trial. Where there is no sandbox, `/workspace` is the real folder and the sentence about the sandbox is left out.',
    fenced(preamble({ workingDirectory: '/workspace', isConfined: true })),
    '## The modes',
    ...MODES.map(modeSection),
    '### Tools as a script sees them',
    'Both script modes show these declarations. They are made from the same schemas that the structured modes send, and from the schemas of the results, which only scripts are told. ' +
      `They are ${registry.tokens(countTokens)} tokens of o200k_base.`,
    fenced(registry.declare(), 'ts'),
    '## What is shown of a result',
    'A script reads `result`; a structured call shows `text`, which is made of the same `result`, so that it never holds anything more. Each field below was tried: "shown" means that the text changes with it.',
    ...tools.map(toolSection),
    failures(),
    typeProblems(),
    '## Reinjection',
    reinjection(),
  ].join('\n\n')}\n`
}

function equal(): string {
  return `## What is equal in all arms

\`test/agent/equal-arms.test.ts\` compares these byte for byte:

- the preamble and the task's prompts;
- each tool's name, description, and the descriptions of its arguments: in the request's tool list in the structured modes, in the declarations in the script modes;
- the sentence of a failed call, which comes from the one toolbox behind all modes;
- the sentence "Start calls that do not depend on each other together." in every mode that can do so;
- limits, approvals, the queue and its write lock, the leniency policy, and \`observationTokensMax\` with its way of cutting.`
}

const ABOUT: Record<Mode, string> = {
  'structured-serial':
    'Native tool calling, one call a turn: the request forbids parallel calls where the wire can. If more arrive all the same, the first runs and the others are answered "not executed: one call a turn".',
  'structured-parallel': 'Native tool calling, as many calls a turn as the provider sends.',
  'script-tool': 'One native tool, `run_script`, takes a TypeScript program.',
  'script-text':
    'The program stands between tags in the text of the reply; no native tool is offered, and observations are user text.',
}

function modeSection(mode: Mode): string {
  const text = (wording: 'a' | 'b') => {
    const declarations = '(the declarations below)'
    return fenced(protocolText({ mode, wording, patchCarrier: 'tool', declarations }))
  }
  const parts = [`### \`${mode}\``, ABOUT[mode], 'Wording `a`:', text('a'), 'Wording `b`:', text('b')]
  if (MODE_TRAITS[mode].action === 'script' && MODE_TRAITS[mode].carrier === 'native')
    parts.push('The native tool:', fenced(JSON.stringify(RUN_SCRIPT, undefined, 2), 'json'))
  return parts.join('\n\n')
}

function toolSection(tool: AnyTool): string {
  const rows = resultFields(tool, definitionOf(tool).resultSchema).map(({ path, type, description, isShown }) => {
    const key = `${tool.name}.${path}`
    const reason = UNSHOWN_FIELDS[key]
    if (isShown === (reason !== undefined))
      throw new Error(`${key}: expected a reason in UNSHOWN_FIELDS exactly if it is not shown`)
    const shown =
      reason === undefined
        ? `shown${REDUCED_FIELDS[key] ? `, ${REDUCED_FIELDS[key]}` : ''}`
        : `**not shown**: ${reason}`
    return [`\`${path}\``, type, description, shown]
  })
  const examples = (TOOL_EXAMPLES[tool.name] ?? []).flatMap(example => [
    fenced(JSON.stringify(example, undefined, 1).replaceAll(/\n\s*/g, ' '), 'json'),
    'shows as',
    fenced(tool.render(example)),
  ])
  return [
    `### \`${tool.name}\``,
    table(['field', 'type', 'what it is', 'in the text'], rows),
    'Example:',
    ...examples,
  ].join('\n\n')
}

function failures(): string {
  return `### Failed calls

The sentence is the same in all modes. A structured call shows it as \`error (code): sentence\`. In a script it is the \`message\` of a \`ToolError\` with \`tool\`, \`code\` and \`callId\`, which the program may catch; a model sees it only if the program lets it through.

### What only scripts are shown

The types of results (structured arms see results, never their types), \`context\`, and the limits in \`context.limits\`. What a script neither returns nor logs stays unseen; a structured call always shows its text.`
}

function reinjection(): string {
  const rows = positionRows().map(({ wire, carriage, level, copies, position, shared }) => [
    wire,
    carriage === 'native' ? 'native calls' : 'text',
    `\`${level.reinjection}\``,
    carriage === 'native' && /^(turn-top|turn-top-kept|placebo)$/.test(level.reinjection)
      ? `\`${level.carrier}\``
      : 'either',
    copies === 0 ? 'none' : copies === 1 ? 'one' : 'one a turn',
    position,
    shared,
  ])
  return `The most recent user prompt is repeated word for word between \`<original-user-prompt>\` tags, except under \`placebo\`, where neutral text of the same length stands between \`<harness-neutral-note>\` tags. The prompt itself always keeps its place in the history; "one copy" is the repeated one, and where a level moves it, older copies are removed. Before the first observation after a prompt there is nothing to put a copy on, so there only \`history-top\` has a copy of the newest prompt.

The positions below were read from requests that were really serialised. "Native calls" are the first three modes; "text" is \`script-text\`, and calls that lenient reading found in text. The last column says how much of a request the next one of the same prompt begins with: what a provider's prefix cache can reuse. "openai" is the Responses API, "openai-compatible" Chat Completions, "anthropic" the Messages API; \`command/…\` players get the messages in our own form.

${table(['wire', 'observations', 'reinjection', 'reinjectionCarrier', 'copies', 'position', 'shared with the next request'], rows)}

### Cache breakpoints

OpenAI's caches find shared prefixes by themselves; \`prompt_cache_key\` is the trial's nonce, so that no trial reads what another one wrote. Anthropic's needs marks: one ends system and tools, up to three stand in the history, never on a copy that moves or after it. In the last request of the sample conversation:

${table(['reinjection', 'blocks of the history', 'breakpoints'], breakpointRows())}`
}

function breakpointRows(): string[][] {
  return (['off', 'turn-top', 'turn-top-kept', 'tail'] as const).map(reinjection => {
    const slots = slotsOf('anthropic', requestsOf('native', { reinjection, carrier: 'tool-result' }).at(-1) as never)
    const marked = slots.flatMap((slot, index) => (slot.isCacheBreakpoint ? [index + 1] : []))
    const moving = slots.findLastIndex(slot => slot.text.includes('<original-user-prompt>')) + 1
    const where = moving === 0 ? '' : `; the newest copy is in block ${moving}`
    return [`\`${reinjection}\``, String(slots.length), `on block ${marked.join(', ')}${where}`]
  })
}
