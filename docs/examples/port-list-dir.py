"""A port of one tool, listDir, as a command: one request on standard input, one reply on standard output."""
import json
import os
import sys

SUFFIX = {"directory": "/", "symlink": "@", "other": "?", "file": ""}


class Refused(Exception):
    pass


def kind_of(entry):
    if entry.is_symlink():
        return "symlink"
    if entry.is_dir():
        return "directory"
    return "file" if entry.is_file() else "other"


def cut(text):
    return text.encode()[:500].decode("utf8", "ignore")


def sort_key(path):
    return cut(path.replace("\\", "/")).encode()


def entries_under(folder, depth_max):
    found, open_folders = [], [("", 1)]
    for prefix, depth in open_folders:
        with os.scandir(os.path.join(folder, prefix)) as listing:
            here = sorted(listing, key=lambda entry: sort_key(prefix + entry.name))
        for entry in here:
            kind = kind_of(entry)
            found.append((prefix + entry.name, kind, depth))
            if kind == "directory" and depth < depth_max:
                open_folders.append((prefix + entry.name + "/", depth + 1))
    return found


def number(args, name, default):
    value = args.get(name, default)
    if type(value) is not int or value < 0:
        raise Refused(f"failed to parse function arguments: {name}: expected a whole number")
    return value


def list_dir(args):
    if not isinstance(args, dict) or not isinstance(args.get("dirPath"), str):
        raise Refused("failed to parse function arguments: dirPath: expected a string")
    folder = args["dirPath"]
    offset, limit, depth = number(args, "offset", 1), number(args, "limit", 25), number(args, "depth", 2)
    if offset == 0:
        raise Refused("offset must be a 1-indexed entry number")
    if limit == 0:
        raise Refused("limit must be greater than zero")
    if depth == 0:
        raise Refused("depth must be greater than zero")
    if not folder.startswith("/"):
        raise Refused("dir_path must be an absolute path")
    try:
        found = entries_under(folder, depth)
    except OSError as error:
        raise Refused(f"failed to read directory: {error.strerror} (os error {error.errno})")
    if found and offset > len(found):
        raise Refused("offset exceeds directory entry count")
    end = offset - 1 + limit
    page = sorted(found[offset - 1 : end], key=lambda entry: sort_key(entry[0]))
    lines = [f"{'  ' * (depth - 1)}{cut(path.split('/')[-1])}{SUFFIX[kind]}" for path, kind, depth in page]
    more = [f"More than {len(page)} entries found"] if found and end < len(found) else []
    return "\n".join([f"Absolute path: {folder}", *lines, *more])


def reply_to(request):
    if request["tool"] != "listDir":
        return {"ok": False, "error": {"code": "unknown-tool", "message": f"this port has no {request['tool']}"}}
    try:
        return {"ok": True, "text": list_dir(request["args"])}
    except Refused as refusal:
        return {"ok": False, "error": {"code": "failed", "message": str(refusal)}}


print(json.dumps(reply_to(json.load(sys.stdin))))
