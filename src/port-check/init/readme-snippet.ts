import type { InitLayout } from './init-port.ts'

/** A page for the port's own repository, made to be copied into its README too. */
export function readmeSnippet({ adapter, program, flags, baseline, tools }: InitLayout): string {
  return `## How faithful this port is

\`${adapter}\` shows ${tools.join(', ')} to [scriptbench](https://www.npmjs.com/package/scriptbench), which compares them with the recorded behaviour
of the Codex CLI, case by case, without installing it:

\`\`\`sh
${program} ports check ${flags}
\`\`\`

What still differs is listed in \`${baseline}\`; CI fails if a case is worse than there. After an improvement, update it:

\`\`\`sh
${program} ports check ${flags} --json > ${baseline}
\`\`\`
`
}
