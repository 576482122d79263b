import type { Contender, ContenderName } from '../contender.ts'
import { isolatedVm } from './isolated-vm.ts'
import { nodeVm } from './node-vm.ts'
import { quickjsEmscripten } from './quickjs-emscripten.ts'
import { run } from './run.ts'
import { scriptbench } from './scriptbench.ts'
import { sebastianwessel } from './sebastianwessel.ts'

/** In the order in which tables show them. Importing this file loads none of the engines. */
export const CONTENDERS: Readonly<Record<ContenderName, Contender>> = {
  scriptbench: scriptbench(),
  run,
  '@sebastianwessel/quickjs': sebastianwessel,
  'isolated-vm': isolatedVm,
  'quickjs-emscripten': quickjsEmscripten,
  'node:vm': nodeVm,
}

export const CONTENDER_NAMES = Object.keys(CONTENDERS) as ContenderName[]
