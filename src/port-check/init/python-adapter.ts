import type { InitTool } from './init-tools.ts'

/** What an implementation gives, where that is more than a text. */
const RESULTS: Readonly<Partial<Record<InitTool, string>>> = {
  exec: '{"exitCode": 0, "stdout": "", "stderr": "", "aggregatedOutput": "", "timedOut": False, "durationMs": 0}',
  fileSearch: '{"files": [{"path": "a.txt", "kind": "file", "score": 1, "indices": [0]}]}',
}

/** A program that shows an implementation of tools as the protocol for commands. */
export function pythonAdapter(tools: readonly InitTool[]): string {
  return `"""What \`scriptbench ports check\` sees of this port: one request on standard input, one reply on standard output."""
import json
import sys

# Import your own implementation here and call it below, where it says "not connected yet".


class Refused(Exception):
    """Raise it where the tool refuses; its text is the message. Arguments of the wrong shape are refused with a
    message that begins "failed to parse function arguments: "."""


${tools.map(stub).join('\n\n\n')}


TOOLS = {${tools.map(tool => `"${tool}": your_${snakeCase(tool)}`).join(', ')}}


def reply_to(request):
    tool = TOOLS.get(request["tool"])
    if tool is None:
        return {"ok": False, "error": {"code": "unknown-tool", "message": f"this port has no {request['tool']}"}}
    try:
        if not isinstance(request["args"], dict):
            raise Refused("failed to parse function arguments: expected an object")
        given = tool(request["args"], request["cwd"])
    except Refused as refusal:
        return {"ok": False, "error": {"code": "failed", "message": str(refusal)}}
    if isinstance(given, str):
        return {"ok": True, "text": given}
    return {"ok": True, "result": given, "text": json.dumps(given)}


print(json.dumps(reply_to(json.load(sys.stdin))))
`
}

function stub(tool: InitTool): string {
  const given = RESULTS[tool] === undefined ? 'the text that a model is shown' : `a result such as ${RESULTS[tool]}`
  return `def your_${snakeCase(tool)}(args, folder):
    # Gives ${given}; \`folder\` is the working directory.
    raise Refused("${tool} is not connected yet")`
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`)
}
