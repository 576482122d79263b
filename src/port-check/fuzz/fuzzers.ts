import type { Fuzzer } from './fuzzer.ts'
import { heredocFuzzer } from './heredoc-fuzzer.ts'
import { listDirFuzzer } from './list-dir-fuzzer.ts'
import { patchFuzzer } from './patch-fuzzer.ts'
import { readFileFuzzer } from './read-file-fuzzer.ts'

/** Every kind of corpus whose cases can be generated; the first is the usual one. */
export const FUZZERS: readonly Fuzzer[] = [patchFuzzer, heredocFuzzer, readFileFuzzer, listDirFuzzer]
