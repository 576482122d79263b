// Covers: script-engine/host/run-timeline.ts, script-engine/host/script-end.ts
// Covers: script-engine/replay/read-recording.ts, script-engine/replay/replay-run.ts
// Covers: script-engine/replay/script-recorder.ts
import { createScriptEngine } from '../../src/script-engine/create-script-engine.ts'
import { scriptReplayContract } from '../contract/script-replay.ts'

scriptReplayContract('createScriptEngine', () => createScriptEngine())
