import type { JsonObject, JsonValue } from '../../contracts/json.ts'
import type { PortTool } from '../port/port-protocol.ts'
import { type CasePair, isIdentical, isPassed, SIDES, type Side } from './case-pairs.ts'
import { CATEGORY_FEATURES, EXEC_FEATURES, TAG_FEATURES } from './feature-names.ts'

/** Something a tool can do, found in the corpora: a port has it if all its cases pass. */
export interface Feature extends Record<Side, number> {
  name: string
  cases: number
}

type FeatureCase = Pick<CasePair, 'tool' | 'kind' | 'category' | 'tags' | 'source'> & { version: string }

/** What a case is about by its fields, in addition to its category. */
interface FieldFeature {
  tool: PortTool
  name: string
  includes(one: FeatureCase): boolean
  /** What counts is the wording. */
  isText?: true
}

const FIELD_FEATURES: readonly FieldFeature[] = [
  {
    tool: 'applyPatch',
    name: 'error texts',
    isText: true,
    includes: one => one.kind === 'applyPatch' && hasFailed(one),
  },
  { tool: 'applyPatch', name: 'deleting files', includes: one => isPlainPatch(one, '*** Delete File: ') },
  { tool: 'applyPatch', name: 'moving files', includes: one => isPlainPatch(one, '*** Move to: ') },
  { tool: 'applyPatch', name: 'symbolic links', includes: ({ source }) => textOf(source.input).includes('"l":') },
  { tool: 'heredoc', name: 'patches recognised', includes: one => observedKind(one) === 'patch' },
  { tool: 'heredoc', name: 'commands left alone', includes: one => observedKind(one) === 'not_patch' },
  { tool: 'heredoc', name: 'patches refused', includes: one => observedKind(one) === 'error' },
  { tool: 'heredoc', name: 'here-documents', includes: ({ source }) => isPatchIn(source, /<</) },
  { tool: 'heredoc', name: 'cd before the patch', includes: ({ source }) => isPatchIn(source, /^cd /) },
  { tool: 'heredoc', name: 'direct calls', includes: ({ source }) => !isShellScript(source) },
  { tool: 'listDir', name: 'depth', includes: ({ source }) => argumentOf(source, 'depth') !== undefined },
  { tool: 'listDir', name: 'offset and limit', includes: ({ source }) => argumentOf(source, 'offset') !== undefined },
  { tool: 'grepFiles', name: 'include globs', includes: ({ source }) => argumentOf(source, 'include') !== undefined },
  { tool: 'grepFiles', name: 'search in a path', includes: ({ source }) => argumentOf(source, 'path') !== undefined },
  { tool: 'grepFiles', name: 'limits', includes: ({ source }) => argumentOf(source, 'limit') !== undefined },
  { tool: 'fileSearch', name: 'scores and positions', isText: true, includes: () => true },
]

/** Features of one tool and how many of their cases each port passes. */
export function featuresOf(pairs: readonly CasePair[]): Feature[] {
  const features = new Map<string, Feature>()
  for (const pair of pairs) {
    for (const { name, isText } of featuresIn({ ...pair, version: pair.selected.version })) {
      const feature = features.get(name) ?? { name, cases: 0, a: 0, b: 0 }
      feature.cases++
      for (const side of SIDES) if ((isText ? isIdentical : isPassed)(pair[side])) feature[side]++
      features.set(name, feature)
    }
  }
  return [...features.values()]
}

export function hasFeature(feature: Feature, side: Side): boolean {
  return feature[side] === feature.cases
}

function featuresIn(one: FeatureCase): Pick<FieldFeature, 'name' | 'isText'>[] {
  const byFields = FIELD_FEATURES.filter(({ tool, includes }) => tool === one.tool && includes(one))
  const byTags = one.tags.flatMap(tag => TAG_FEATURES[`${one.tool} ${tag}`] ?? [])
  const byCategory = one.tool === 'heredoc' ? [] : [categoryFeature(one)]
  return [...byCategory.map(name => ({ name })), ...byTags.map(name => ({ name })), ...byFields]
}

/** Corpora from elsewhere have their own categories, which are used as they are. */
function categoryFeature({ tool, kind, category }: FeatureCase): string {
  if (kind === 'applyPatchTool') return 'checked as a whole before anything is written'
  const exec = tool === 'exec' ? EXEC_FEATURES.find(([pattern]) => pattern.test(category)) : undefined
  return exec?.[1] ?? CATEGORY_FEATURES[`${tool} ${category}`] ?? category
}

function hasFailed({ source, version }: FeatureCase): boolean {
  const entry = memberOf(memberOf(source, 'expect'), version)
  const own = memberOf(entry, 'same') === true ? Object.values((source.expect ?? {}) as JsonObject)[0] : entry
  return memberOf(own, 'exit') !== 0
}

/** Neither generated nor meant to fail. */
const PLAIN_CATEGORIES = ['multi_file', 'valid_random_update', 'line_endings', 'no_final_newline', 'other']

function isPlainPatch({ category, source }: FeatureCase, line: string): boolean {
  return PLAIN_CATEGORIES.includes(category) && textOf(source.invoke).includes(line)
}

function observedKind({ source, version }: FeatureCase): JsonValue | undefined {
  return memberOf(memberOf(memberOf(source, 'observed'), version), 'kind')
}

function isShellScript({ argv }: JsonObject): boolean {
  return Array.isArray(argv) && argv.length === 3
}

function isPatchIn(source: JsonObject, script: RegExp): boolean {
  const { argv, observed = {} } = source
  const isPatch = Object.values(observed as JsonObject).some(one => memberOf(one, 'kind') === 'patch')
  return isPatch && isShellScript(source) && Array.isArray(argv) && script.test(String(argv[2]))
}

/** A text is the raw text of a call. */
function argumentOf({ args }: JsonObject, name: string): JsonValue | undefined {
  return memberOf(args, name)
}

function memberOf(value: JsonValue | undefined, name: string): JsonValue | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  return Object.hasOwn(value, name) ? value[name] : undefined
}

function textOf(value: JsonValue | undefined): string {
  return value === undefined ? '' : JSON.stringify(value)
}
