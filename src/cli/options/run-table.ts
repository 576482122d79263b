import type { CommandSpec } from './command-spec.ts'
import { parseEffectSize, parseFactor, parsePower, parseUsd, wholeNumber } from './parsers.ts'
import { CONCURRENCY, JSON_OUTPUT, RUN, SANDBOX, SUITE } from './shared-options.ts'

/** Commands before and during a run. */
export const RUN_TABLE = {
  init: {
    summary: 'create a first suite with one task, ready to run',
    arguments: { dir: { help: 'where to create it', default: '.' } },
    examples: ['init bench && scriptbench run bench/suite.yaml'],
  },
  run: {
    summary: 'run a suite; the same --out again resumes it',
    arguments: { suite: SUITE },
    options: {
      models: { value: 'specs', several: 'commas', help: 'only these models, e.g. oracle,nop' },
      modes: { value: 'levels', several: 'commas', help: 'levels of the factor mode' },
      reinjection: { value: 'levels', several: 'commas', help: 'levels of the factor reinjection' },
      factor: { value: 'name=levels', several: 'entries', parse: parseFactor, help: 'levels of any other factor' },
      tasks: { value: 'globs', several: 'commas', help: 'only tasks whose id matches' },
      repeats: { value: 'n', parse: wholeNumber(1), help: 'how many trials of each task, model and arm' },
      concurrency: CONCURRENCY,
      sandbox: SANDBOX,
      out: { value: 'dir', help: "the run's folder (default: reports/<suite>-<time>)" },
      seed: { value: 'n', parse: wholeNumber(0), help: 'seed of the order, of scripts and of built-in players' },
      dryRun: { help: 'show what would run, start nothing' },
      json: JSON_OUTPUT,
    },
    examples: ['run suites/demo.yaml --models oracle --modes structured-serial,script-tool --out reports/try'],
    exitCodes: {
      0: 'every trial finished',
      4: 'trials failed outside the model; the same --out again retries them',
      5: 'no trial ran',
    },
  },
  plan: {
    summary: 'show what a run can detect and what it costs, before you spend anything',
    arguments: { suite: SUITE },
    options: {
      pilot: { value: 'run', help: 'take variance, cost and time from this run instead of assuming them' },
      effect: {
        value: 'size',
        parse: parseEffectSize,
        help: 'show what it takes to detect this difference: 10pp (points of solved) or 0.8x (input tokens)',
      },
      power: { value: 'share', parse: parsePower, default: 0.8, help: 'the chance to detect it' },
      budgetUsd: { value: 'amount', parse: parseUsd, help: 'show what this budget in USD can detect' },
      taskUsd: {
        value: 'amount',
        parse: parseUsd,
        help: 'cost of making one more task, to find the best number of repeats',
      },
      repeats: { value: 'n', parse: wholeNumber(1), help: "use instead of the suite's repeats" },
      concurrency: CONCURRENCY,
      json: JSON_OUTPUT,
    },
    examples: ['plan suites/demo.yaml --pilot reports/demo --effect 10pp --budget-usd 50'],
  },
  trial: {
    summary: "show one trial's conversation, calls and verdict",
    arguments: { run: RUN, trialId: { help: 'the id, or its first characters' } },
    examples: ['trial reports/demo 3f2a'],
  },
  replay: {
    summary: "replay a run's scripts from its logs and report where one diverges",
    arguments: { run: RUN, trialId: { help: 'the id of a trial, or its first characters', isOptional: true } },
    options: {
      script: { value: 'name', help: 'only this script of each trial, e.g. t2.s1' },
      json: JSON_OUTPUT,
    },
    examples: ['replay reports/demo 3f2a --script t2.s1'],
    exitCodes: { 0: 'every script is identical', 2: 'a script diverged' },
  },
} as const satisfies Record<string, CommandSpec>
