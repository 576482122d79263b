import { type Arm, MODE_TRAITS, type Mode } from '../contracts/arm.ts'

/** The same request in every mode that can start several calls in parallel. */
const TOGETHER = 'Start calls that do not depend on each other together.'

const PATCH_BY_SHELL = `To edit files, run exec with ["bash", "-lc", "apply_patch <<'PATCH'\\n*** Begin Patch\\n…\\n*** End Patch\\nPATCH"]. In a patch, "*** Update File: <path>" is followed by hunks that begin with @@ and hold lines starting with a space (context), - (removed) or + (added); "*** Add File: <path>" is followed by + lines; "*** Delete File: <path>" stands alone.`

export interface ProtocolOptions {
  mode: Mode
  wording: Arm['protocolText']
  patchCarrier: Arm['patchCarrier']
  /** TypeScript declarations of the tools; shown in the script modes. */
  declarations: string
}

/** The part of the system text that explains the mode. Two wordings say the same thing, to show that effects do not depend on the words. */
export function protocolText({ mode, wording, patchCarrier, declarations }: ProtocolOptions): string {
  const parts = [TEXTS[mode][wording]]
  if (MODE_TRAITS[mode].callsPerTurn === 'many') parts.push(TOGETHER)
  if (patchCarrier === 'shell') parts.push(PATCH_BY_SHELL)
  if (MODE_TRAITS[mode].action === 'script') {
    parts.push(SCRIPT_RULES[wording], `\`\`\`ts\n${declarations}\n\`\`\``)
  }
  return parts.join('\n\n')
}

const TEXTS: Record<Mode, Record<Arm['protocolText'], string>> = {
  'structured-serial': {
    a: 'Call exactly one tool a turn. You see its result before you choose the next call.',
    b: 'In each turn make a single tool call; its result is shown to you, and then you decide on the next one.',
  },
  'structured-parallel': {
    a: 'Call one or more tools a turn. You see all their results before you choose the next calls.',
    b: 'In each turn make as many tool calls as are useful; all results are shown to you, and then you decide on the next ones.',
  },
  'script-tool': {
    a: 'Act by calling the tool run_script once a turn, with a TypeScript program in `code` that calls the tools below. You see what it returned and logged before you write the next one.',
    b: 'In each turn send one run_script call whose `code` is a TypeScript program over the tools below; what it returns and logs is shown to you, and then you write the next one.',
  },
  'script-text': {
    a: 'Act by writing one TypeScript program a turn between <tool-calls> and </tool-calls>, each tag on a line of its own. The program calls the tools below. You see what it returned and logged, between <tool-results> tags, before you write the next one.',
    b: 'In each turn put one TypeScript program over the tools below between a line <tool-calls> and a line </tool-calls>; what it returns and logs is shown to you between <tool-results> tags, and then you write the next one.',
  },
}

const SCRIPT_RULES: Record<Arm['protocolText'], string> = {
  a: 'A program has top-level await and return; it keeps nothing for the next program. Every tools.* function is async and starts when it is called; Promise.all, allSettled, race and any run calls in parallel; loops, conditions and functions are ordinary TypeScript. A failed call throws a ToolError that you can catch. context.* is read without await. There is no import, no require, no file system and no network besides the tools. Return (or console.log) exactly what you need to see: nothing else of a result reaches you.',
  b: 'Use top-level await and return; no state survives a program. All tools.* functions are async and begin at the call, so Promise.all, allSettled, race and any give parallel calls; write loops, conditions and functions as in any TypeScript. Calls that fail throw a ToolError, which may be caught. context.* needs no await. Besides the tools there is no import, no require, no file system, no network. Only what you return or console.log is shown to you, so return just what you need.',
}

export const RUN_SCRIPT = {
  name: 'run_script',
  description:
    'Runs one TypeScript program that calls the tools declared in the instructions and shows what it returned and logged.',
  inputSchema: {
    type: 'object',
    properties: { code: { type: 'string', description: 'The program. Top-level await and return are allowed.' } },
    required: ['code'],
    additionalProperties: false,
  },
} as const
