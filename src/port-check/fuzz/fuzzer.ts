import type { Arbitrary } from 'fast-check'
import type { JsonObject } from '../../contracts/json.ts'
import type { CaseFolder } from '../check/case-folder.ts'

/** A generated case. */
export interface FuzzCase {
  /** The members of its line, without its id and what the program does. */
  line: JsonObject
  /** For kinds whose trees are in the header; `tree` of the line names it then. */
  tree?: JsonObject
}

/** Generates cases of one kind of corpus. */
export interface Fuzzer {
  kind: string
  cases(fc: typeof import('fast-check')): Arbitrary<FuzzCase>
  /** What entries of the deviations are about, found in a case whose tree is in the folder. */
  tagsOf?(line: JsonObject, folder: CaseFolder): string[]
}
