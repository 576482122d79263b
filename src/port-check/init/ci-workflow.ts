import type { InitLayout } from './init-port.ts'

/** A workflow for GitHub Actions that fails if a case is worse than in the baseline. */
export function ciWorkflow({ language, program, flags, baseline, tools }: InitLayout): string {
  const isPython = language === 'python'
  return `# Checks the port against recorded behaviour. Codex is not installed or run.
name: ports
on: [push, pull_request]
jobs:
  ports:
    runs-on: ubuntu-latest
    timeout-minutes: 15
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with:
          node-version: 24
${isPython ? '' : '      - run: npm ci\n'}${tools.includes('exec') ? '      - run: sudo apt-get update -q && sudo apt-get install -qy bubblewrap\n' : ''}      - run: ${program} ports check ${flags} --baseline ${baseline} --junit ports-junit.xml
      - uses: actions/upload-artifact@v4
        if: always()
        with:
          name: ports-junit
          path: ports-junit.xml
`
}
