import { createScriptEngine } from '../../src/script-engine/create-script-engine.ts'
import { scriptEngineContract } from '../contract/script-engine.ts'

scriptEngineContract('createScriptEngine', () => createScriptEngine())
