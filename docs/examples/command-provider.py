#!/usr/bin/env python3
"""A player for `command/docs/examples/command-provider.py`: lists the workspace, then says what it saw.

One process a turn: the whole conversation comes as one JSON object on standard input, the reply goes as one JSON
object to standard output. Put a call to a model of yours in place of `reply_to`.
"""

import json
import sys


def reply_to(request):
    results = [result for message in request["messages"] if message["role"] == "tool" for result in message["results"]]
    if results:
        return {"text": "I saw:\n" + results[-1]["text"]}
    names = [tool["name"] for tool in request["tools"]]
    if "listDir" in names:
        return {"toolCalls": [{"name": "listDir", "args": {"dirPath": "/workspace"}}]}
    if "run_script" in names:
        return {"toolCalls": [{"name": "run_script", "args": {"code": "return await tools.listDir({dirPath: '/workspace'})"}}]}
    if "<tool-calls>" in request["system"]:
        return reply_in_text(request)
    if names:
        return {"toolCalls": [{"name": names[0], "args": {}}]}
    return {"text": "I was offered no tool."}


def reply_in_text(request):
    """In the mode script-text there are no native tools: the program is in the reply's text, its observations are user messages."""
    last = request["messages"][-1]
    if "<tool-results>" in last.get("text", ""):
        return {"text": "I saw:\n" + last["text"]}
    return {"text": "<tool-calls>\nreturn await tools.listDir({dirPath: '/workspace'})\n</tool-calls>"}


def main():
    request = json.load(sys.stdin)
    if request["protocol"] != 1:
        sys.exit(f"this player speaks protocol 1, not {request['protocol']}")
    json.dump(reply_to(request), sys.stdout)


if __name__ == "__main__":
    main()
