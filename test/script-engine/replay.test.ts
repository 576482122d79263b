import { createScriptEngine } from '../../src/script-engine/create-script-engine.ts'
import { scriptReplayContract } from '../contract/script-replay.ts'

scriptReplayContract('createScriptEngine', () => createScriptEngine())
