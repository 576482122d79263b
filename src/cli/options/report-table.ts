import type { CommandSpec } from './command-spec.ts'
import { parseMargin, wholeNumber } from './parsers.ts'
import { JSON_OUTPUT, RUN } from './shared-options.ts'

const REPORT_FORMATS = ['terminal', 'csv', 'json', 'md', 'html'] as const

/** Commands that read runs. */
export const REPORT_TABLE = {
  report: {
    summary: "rebuild a run's documents from its logs",
    arguments: { run: RUN },
    options: {
      format: {
        value: 'formats',
        several: 'commas',
        choices: REPORT_FORMATS,
        default: [...REPORT_FORMATS],
        help: 'what to write; terminal is printed',
      },
      against: { value: 'run', help: 'an earlier run: show first what got worse since then' },
    },
    examples: ['report reports/demo --format terminal,html'],
  },
  compare: {
    summary: 'compare the arms of a run, or several runs, with confidence intervals',
    arguments: { runs: { help: 'folders of runs; several are compared with the first', isList: true } },
    options: {
      factor: { value: 'name', help: 'only the contrasts of this factor, e.g. mode' },
      baseline: { value: 'level', help: 'also compare with this level' },
      metric: { value: 'names', several: 'commas', help: 'only these metrics, e.g. solved,turns' },
      by: {
        value: 'what',
        several: 'commas',
        choices: ['model', 'stratum'],
        default: ['model'],
        help: 'how to group the results',
      },
      margin: {
        value: 'size',
        parse: parseMargin,
        help: 'the loss of solved tasks that would not matter, e.g. 5pp or 0.05',
      },
      format: {
        value: 'formats',
        several: 'commas',
        choices: ['terminal', 'json', 'md', 'csv'],
        default: ['terminal'],
        help: 'what to write; terminal is printed',
      },
      out: { value: 'dir', help: 'folder for the formats other than terminal (default: stdout)' },
    },
    examples: ['compare reports/demo --by model,stratum --format terminal,json --out reports/demo'],
    exitCodes: { 5: 'no trial was scored' },
  },
  gate: {
    summary: 'check in CI whether a run is as good as its baseline',
    arguments: { run: RUN },
    options: {
      against: { value: 'baseline', help: "a baseline file, or an earlier run's folder" },
      policy: { value: 'file', help: 'what must not get worse, and by how much (default: see docs/gating.md)' },
      junit: { value: 'file', help: 'also write the checks as JUnit XML' },
      markdown: { value: 'file', help: 'also write a comment for a pull request' },
      saveBaseline: { value: 'file', help: "save the run's trials as a new baseline" },
      updateBaseline: { help: "add the run's trials to the baseline file if the gate passes" },
      json: JSON_OUTPUT,
    },
    examples: [
      'gate reports/main --save-baseline baseline.json',
      'gate reports/change --against baseline.json --policy gate.yaml --junit gate.xml',
    ],
    exitCodes: {
      0: 'pass',
      2: 'a regression is proven',
      3: 'inconclusive or underpowered',
      4: 'too many trials failed',
      5: 'nothing ran, or no player is a model',
    },
  },
  aa: {
    summary: 'show the noise floor: how much an arm differs from itself',
    arguments: { run: RUN },
    options: {
      seed: { value: 'text', help: 'decides how trials are split into halves (default: the seed of the run)' },
      json: JSON_OUTPUT,
    },
    examples: ['aa reports/demo'],
    exitCodes: { 5: 'the run has no trials to split' },
  },
  import: {
    summary: 'import outcomes measured elsewhere as a read-only run',
    arguments: {
      format: { help: 'what the file is', choices: ['csv', 'm3tooleval'] },
      file: { help: 'a CSV file, or what M3ToolEval wrote' },
    },
    options: { out: { value: 'dir', help: "the run's folder (default: reports/<file>)" } },
    examples: ['import csv outcomes.csv --out reports/elsewhere'],
  },
  view: {
    summary: 'open runs, trials and comparisons in a browser, read-only',
    arguments: { reports: { help: 'a folder with runs, or a run', default: 'reports' } },
    options: {
      port: {
        value: 'number',
        parse: wholeNumber(0, 65_535),
        default: 0,
        defaultText: 'any free one',
        help: 'the port on 127.0.0.1',
      },
      open: { isOnByDefault: true, help: 'print the address without opening a browser' },
      export: { value: 'dir', help: 'write the pages as files that need no server, and exit', conflicts: ['port'] },
    },
    notes: 'The address contains a key: only people who have it can read the runs. Ctrl-C stops the server.',
    examples: ['view', 'view reports/demo --no-open --port 4870', 'view reports/demo --export demo-pages'],
    exitCodes: {
      0: 'done, or stopped by Ctrl-C',
      1: 'no such folder, port in use, or export folder not empty',
    },
  },
} as const satisfies Record<string, CommandSpec>
