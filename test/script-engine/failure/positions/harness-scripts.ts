// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are programs
/**
 * Programs as models write them for an agent's tools, each with one mistake that shows when it runs. They were written
 * before reading what finds the places, so they measure it from outside.
 */
export const HARNESS_SCRIPTS: Readonly<Record<string, string>> = {
  'counts test results with a helper that was never defined':
    "const out = await tools.exec({ cmd: 'npm test' })\nconst lines = out.stdout.split('\\n').filter((l: string) => l.trim().length > 0)\nlet passed = 0\nlet failed = 0\nfor (const line of lines) {\n  if (line.startsWith('ok')) passed++\n  else if (line.startsWith('not ok')) failed++\n}\nconst summary = formatSummary(passed, failed)\nconsole.log(summary)\nreturn { passed, failed }",
  'reads a field of a file that is not there':
    "interface FileResult { path: string; content: string }\nconst wanted = ['src/a.ts', 'src/b.ts', 'src/missing.ts']\nconst table: Record<string, FileResult> = {}\nfor (const path of wanted.slice(0, 2)) {\n  table[path] = await tools.readFile({ path })\n}\nconst sizes = wanted.map((path) => ({ path, size: table[path].content.length }))\nreturn sizes",
  'assigns to a const counter in a loop':
    "const files: string[] = await tools.listFiles({ dir: '.' })\nconst total = 0\nfor (const file of files) {\n  const { content } = await tools.readFile({ path: file })\n  const count = content.split('\\n').length\n  total += count\n}\nreturn total",
  'increments a const in a callback':
    "const seen = 0\nconst names = ['a', 'b', 'c']\nnames.forEach((name, i) => {\n  if (name === 'b') {\n    seen++\n  }\n})\nreturn seen",
  'destructures the config that was not found':
    "const { content } = await tools.readFile({ path: 'package.json' })\nconst pkg = JSON.parse(content) as { name: string; scripts?: Record<string, string> }\n\nfunction configOf(p: Record<string, unknown>): { root: string; include: string[] } | undefined {\n  return p['scriptConfig'] as { root: string; include: string[] } | undefined\n}\n\nconst { root, include } = configOf(pkg)!\nreturn { root, include }",
  'stops optional chaining one member too early':
    "type Hit = { file: string; match?: { groups?: Record<string, string> } }\nconst hits: Hit[] = [\n  { file: 'src/a.ts', match: { groups: { name: 'add' } } },\n  { file: 'src/b.ts' },\n]\nconst found = hits.map((hit) => {\n  const upper = hit.match?.groups.name.toUpperCase()\n  return `${hit.file}: ${(hit.match?.groups as any)['name'] ?? 'none'} ${upper}`\n})\nconst second = (hits[1]?.match as any).groups?.name\nreturn { found, second }",
  'puts a missing member in a template literal':
    "const report = { title: 'Build', stats: null as null | { errors: number; warnings: number } }\nconst { stdout } = await tools.exec({ cmd: 'npm run build' })\nconst first = stdout.split('\\n')[0]\nconst text = `# ${report.title}\n\nFirst line: ${first}\nErrors: ${report.stats!.errors}\nWarnings: ${report.stats!.warnings}\n`\nawait tools.writeFile({ path: 'REPORT.md', content: text })\nreturn text",
  'sorts by a key that some entries lack':
    "type Entry = { name: string; meta?: { time: number } }\nconst entries: Entry[] = [\n  { name: 'one', meta: { time: 3 } },\n  { name: 'two' },\n  { name: 'three', meta: { time: 1 } },\n]\nconst sorted = [...entries].sort((a, b) => a.meta!.time - b.meta!.time)\nreturn sorted.map((e) => e.name)",
  'reduces into groups without making the group':
    "const files = ['src/a.ts', 'src/b.ts', 'test/a.test.ts']\nconst groups = files.reduce<Record<string, string[]>>((acc, file) => {\n  const [dir] = file.split('/')\n  acc[dir].push(file)\n  return acc\n}, {})\nreturn groups",
  'calls an array method on an object':
    "const res = await tools.search({ pattern: 'TODO', dir: 'src' })\nconst todos = res\n  .filter((m: { text: string }) => m.text.includes('TODO'))\n  .toSorted((a: { line: number }, b: { line: number }) => a.line - b.line)\n  .groupBy((m: { file: string }) => m.file)\nreturn todos",
  'one member of Promise.all fails in a helper':
    "async function lengthOf(path: string): Promise<number> {\n  const file = await tools.readFile({ path })\n  const parsed = path.endsWith('.json') ? JSON.parse(file.content) : { body: file.content }\n  return parsed.body.length\n}\n\nconst paths = ['src/a.ts', 'package.json', 'src/b.ts']\nconst lengths = await Promise.all(paths.map((p) => lengthOf(p)))\nreturn lengths",
  'one member of Promise.all fails inline':
    "const results = await Promise.all([\n  tools.readFile({ path: 'src/a.ts' }).then((f) => f.content.length),\n  tools.readFile({ path: 'src/b.ts' }).then((f) => f.contents.length),\n  tools.exec({ cmd: 'ls' }).then((r) => r.stdout.length),\n])\nreturn results",
  'a class reads a field before load':
    "class Project {\n  private manifest: { name: string; version: string } | null = null\n  readonly root: string\n\n  constructor(root: string) {\n    this.root = root\n  }\n\n  get name(): string {\n    return this.manifest!.name\n  }\n\n  async load(): Promise<void> {\n    const { content } = await tools.readFile({ path: 'package.json' })\n    this.manifest = JSON.parse(content)\n  }\n}\n\nconst project = new Project('.')\nconst label = `${project.root}/${project.name}`\nawait project.load()\nreturn label",
  'loses this when it passes a method':
    "class Collector {\n  items: string[] = []\n  add(item: string): void {\n    this.items.push(item)\n  }\n}\nconst collector = new Collector()\nconst files = await tools.listFiles({ dir: 'src' })\nfiles.forEach(collector.add)\nreturn collector.items",
  'a setter throws for a bad value':
    "class Version {\n  #value = '0.0.0'\n  get value(): string {\n    return this.#value\n  }\n  set value(next: string) {\n    if (!/^\\d+\\.\\d+\\.\\d+$/.test(next)) throw new RangeError(`bad version ${next}`)\n    this.#value = next\n  }\n}\nconst v = new Version()\nv.value = '1.2.3'\nv.value = 'latest'\nreturn v.value",
  'spreads an object into a list':
    "const defaults = { retries: 3, verbose: true }\nconst flags = ['--ci']\nconst args = [...flags, ...(defaults as any)]\nconst run = await tools.exec({ cmd: `npm test -- ${args.join(' ')}` })\nreturn run.exitCode",
  'spreads undefined as arguments':
    "const sizes: Record<string, number[]> = { small: [1, 2, 3] }\nconst pick = (key: string) => sizes[key]\nconst smallest = Math.min(...pick('small'))\nconst largest = Math.max(\n  smallest,\n  ...pick('large'),\n)\nreturn { smallest, largest }",
  'parses command output that is not JSON':
    "const { stdout, exitCode } = await tools.exec({ cmd: 'npm test' })\nif (exitCode !== 0) {\n  return { error: 'tests failed' }\n}\nconst data = JSON.parse(stdout)\nreturn data.results.length",
  'parses a trailing comma in a callback':
    'const configs = [\'{"a": 1}\', \'{"b": 2,}\', \'{"c": 3}\']\nconst parsed = configs.map((text) => {\n  const trimmed = text.trim()\n  return JSON.parse(trimmed) as Record<string, number>\n})\nreturn parsed.map((p) => Object.keys(p))',
  'uses an unknown variable in a condition':
    "const { content } = await tools.readFile({ path: 'src/a.ts' })\nconst lines = content.split('\\n')\nconst kept: string[] = []\nfor (let i = 0; i < lines.length; i++) {\n  const line = lines[i]\n  if (line.includes('export') && !ignoreList.includes(line)) {\n    kept.push(line)\n  }\n}\nreturn kept",
  'uses a let before its line':
    "function describe(name: string): string {\n  return `${prefix}${name}`\n}\nconst files = ['a', 'b']\nconst described = files.map(describe)\nconst prefix = 'file: '\nreturn described",
  'uses a const inside its own initialiser':
    "const { content } = await tools.readFile({ path: 'src/a.ts' })\nconst lineCount = content.length > 0 ? lineCount + 1 : 0\nreturn lineCount",
  'a generic lookup returns undefined':
    "interface Named { name: string; children?: Named[] }\n\nfunction findBy<T, K extends keyof T>(items: T[], key: K, value: T[K]): T {\n  return items.find((item) => item[key] === value) as T\n}\n\nconst tree: Named[] = [\n  { name: 'src', children: [{ name: 'a.ts' }, { name: 'b.ts' }] },\n  { name: 'test', children: [] },\n]\nconst src = findBy(tree, 'name', 'src')\nconst child = findBy<Named, 'name'>(src.children ?? [], 'name', 'c.ts')\nconst parts = child.name.split('.')\nreturn parts",
  'a satisfies table has no such command':
    "const commands = {\n  build: 'npm run build',\n  test: 'npm test',\n} satisfies Record<string, string>\n\ntype Command = keyof typeof commands\nconst order = ['build', 'lint', 'test'] as Command[]\nconst outputs: string[] = []\nfor (const step of order) {\n  const cmd = (commands as Record<Command, string>)[step].replace('npm', 'pnpm')\n  const { stdout } = await tools.exec({ cmd })\n  outputs.push(stdout)\n}\nreturn outputs",
  'a long call chain breaks in the middle':
    "const { content } = await tools.readFile({ path: 'src/a.ts' })\nconst names = content\n  .split('\\n')\n  .filter((line: string) => line.startsWith('export'))\n  .map((line: string) => line.match(/class (\\w+)/))\n  .map((m: RegExpMatchArray | null) => m![1])\n  .join(', ')\nreturn names",
  'a chain ends in a number':
    "const { content } = await tools.readFile({ path: 'README.md' })\nconst words = content\n  .trim()\n  .split(/\\s+/)\n  .length\n  .toFixed(0)\n  .padStart(5)\n  .first()\nreturn words",
  'throws an Error of its own':
    "const result = await tools.exec({ cmd: 'npm run lint' })\nif (!result.stdout.includes('no problems')) {\n  const firstLine = result.stdout.split('\\n').at(0)\n  throw new Error(`lint is not clean: ${firstLine}`)\n}\nreturn 'clean'",
  'throws from a nested helper':
    "const assert = (condition: unknown, message: string): asserts condition => {\n  if (!condition) throw new Error(message)\n}\nconst { content } = await tools.readFile({ path: 'src/b.ts' })\nassert(content.length > 0, 'src/b.ts is empty')\nassert(content.includes('export default'), 'src/b.ts has no default export')\nreturn 'ok'",
  'rethrows in catch':
    "async function readJson<T>(path: string): Promise<T> {\n  const { content } = await tools.readFile({ path })\n  try {\n    return JSON.parse(content) as T\n  } catch (error) {\n    console.log(`cannot parse ${path}`)\n    throw error\n  }\n}\nconst data = await readJson<{ version: string }>('README.md')\nreturn data.version",
  'wraps an error with a cause':
    "const load = async (path: string) => {\n  try {\n    const { content } = await tools.readFile({ path })\n    return JSON.parse(content)\n  } catch (cause) {\n    throw new Error(`could not load ${path}`, { cause })\n  }\n}\nconst [pkg, readme] = [await load('package.json'), await load('README.md')]\nreturn { pkg, readme }",
  'a regular expression does not match':
    "const log = (await tools.exec({ cmd: 'git log -1' })).stdout\nconst hash = /commit ([0-9a-f]{7})/.exec(log)![1]\nconst short = hash.slice(0, 7)\nreturn short",
  'builds a bad regular expression':
    "const needles = ['add(', 'sub']\nconst { content } = await tools.readFile({ path: 'src/a.ts' })\nconst counts = new Map<string, number>()\nfor (const needle of needles) {\n  const re = new RegExp(needle, 'g')\n  counts.set(needle, [...content.matchAll(re)].length)\n}\nreturn Object.fromEntries(counts)",
  'mixes BigInt and number':
    'const sizes = [1024, 2048, 4096]\nlet total = 0n\nfor (const size of sizes) {\n  total = total + (size as unknown as bigint)\n}\nreturn total.toString()',
  'takes the average of BigInts':
    'const times: bigint[] = [120n, 340n, 230n]\nconst sum = times.reduce((a, b) => a + b, 0n)\nconst average = Number(sum) / times.length\nconst share = (t: bigint): number => Math.round((t as any) / sum * 100)\nreturn { average, shares: times.map(share) }',
  'calls what a call returned':
    "const makeFilter = (suffix: string) => {\n  const test = (name: string) => name.endsWith(suffix)\n  return { test }\n}\nconst files = await tools.listFiles({ dir: '.' })\nconst picked = files.filter((f: string) => (makeFilter('.ts') as any)(f))\nreturn picked",
  'constructs an arrow function':
    'const Point = (x: number, y: number) => ({ x, y })\nconst corners = [[0, 0], [1, 1]]\nconst points = corners.map(([x, y]) => new (Point as any)(x, y))\nreturn points',
  'constructs an undefined member':
    "const lib = { Parser: class { parse(s: string) { return s.length } } } as Record<string, any>\nconst { content } = await tools.readFile({ path: 'src/a.ts' })\nconst parser = new lib.Parser()\nconst printer = new lib.Printer({ indent: 2 })\nreturn [parser.parse(content), printer.print(content)]",
  'a generator yields a bad member':
    'type Node = { value: number; next?: Node }\nfunction* walk(node: Node): Generator<number> {\n  let current: Node = node\n  while (true) {\n    yield current.value\n    current = current.next as Node\n  }\n}\nconst list: Node = { value: 1, next: { value: 2 } }\nconst values: number[] = []\nfor (const value of walk(list)) {\n  values.push(value)\n}\nreturn values',
  'iterates what is not iterable':
    "const { stdout } = await tools.exec({ cmd: 'wc -l src/a.ts' })\nconst count = Number.parseInt(stdout.trim(), 10)\nconst out: string[] = []\nfor (const n of count as unknown as number[]) {\n  out.push(`line ${n}`)\n}\nreturn out",
  'a labelled loop runs off the grid':
    "const grid = ['..#', '.#.', '#..'].map((row) => row.split(''))\nconst path: Array<[number, number]> = []\nouter: for (let y = 0; y <= grid.length; y++) {\n  for (let x = 0; x < 3; x++) {\n    if (grid[y][x] === '#') {\n      path.push([x, y])\n      continue outer\n    }\n  }\n}\nreturn path",
  'a switch falls to the throwing default':
    "type Op = { kind: 'add' | 'mul' | 'neg'; args: number[] }\nfunction evaluate(op: Op): number {\n  switch (op.kind) {\n    case 'add':\n      return op.args.reduce((a, b) => a + b, 0)\n    case 'mul':\n      return op.args.reduce((a, b) => a * b, 1)\n    default:\n      throw new TypeError('unknown op ' + op.kind)\n  }\n}\nconst ops: Op[] = [{ kind: 'add', args: [1, 2] }, { kind: 'neg', args: [4] }]\nreturn ops.map((op) => evaluate(op))",
  'a case reads a missing payload':
    "interface Action { type: string; payload?: { id: number } }\nconst actions: Action[] = [{ type: 'init' }, { type: 'remove' }]\nlet state = { ids: [1, 2, 3] }\nfor (const action of actions) {\n  switch (action.type) {\n    case 'init':\n      state = { ids: [...state.ids, 4] }\n      break\n    case 'remove': {\n      const { id } = action.payload!\n      state = { ids: state.ids.filter((i) => i !== id) }\n      break\n    }\n  }\n}\nreturn state",
  'a default parameter reads a missing member':
    "const options = { limits: undefined as undefined | { lines: number } }\nfunction head(text: string, max = options.limits!.lines): string {\n  return text.split('\\n').slice(0, max).join('\\n')\n}\nconst { content } = await tools.readFile({ path: 'README.md' })\nconst two = head(content, 2)\nreturn two + head(content)",
  'destructures a parameter of a missing element':
    'const matrix = [[1, 2], [3, 4]]\nconst sumRow = ([a, b]: number[]): number => a + b\nconst rows: number[] = []\nfor (let i = 0; i < 3; i++) {\n  rows.push(sumRow(matrix[i]))\n}\nreturn rows',
  'nested destructuring of a missing object':
    "const response = { data: { user: { name: 'Ada' } } } as any\nconst { data: { user: { name }, account: { plan } } } = response\nreturn { name, plan }",
  'indexes with a computed member':
    "const scores: Record<string, Record<string, number>> = { a: { x: 1 } }\nconst pairs: Array<[string, string]> = [['a', 'x'], ['b', 'y']]\nlet sum = 0\nfor (const [outer, inner] of pairs) {\n  sum += scores[outer][inner]\n}\nreturn sum",
  'writes to a computed member of undefined':
    "const index: Record<string, Record<number, string>> = {}\nconst hits = await tools.search({ pattern: 'export', dir: 'src' })\nfor (const hit of hits) {\n  index[hit.file][hit.line] = hit.text\n}\nreturn index",
  'a tagged template whose tag is missing':
    "const name = 'src/a.ts'\nconst { stdout } = await tools.exec({ cmd: `cat ${name}` })\nconst helpers = { raw: String.raw } as any\nconst one = helpers.raw`a\\n${name}`\nconst two = helpers.dedent`\n  ${one}\n  ${stdout}\n`\nreturn two",
  'a tag function reads a bad value':
    "function list(strings: TemplateStringsArray, ...values: unknown[]): string {\n  return strings.map((s, i) => s + (values[i] as string[]).join(',')).join('')\n}\nconst tags = ['a', 'b']\nreturn list`tags: ${tags}.`",
  'for await over a failing generator':
    "async function* contents(paths: string[]): AsyncGenerator<string> {\n  for (const path of paths) {\n    const file = await tools.readFile({ path })\n    if (file.content.length < 10) throw new Error(`${path} is too short`)\n    yield file.content\n  }\n}\nlet all = ''\nfor await (const text of contents(['src/a.ts', 'src/b.ts', 'src/empty.ts'])) {\n  all += text\n}\nreturn all.length",
  'for await over an object':
    "const batches = { first: ['a'], second: ['b'] } as any\nconst done: string[] = []\nfor await (const batch of batches) {\n  done.push(batch)\n}\nreturn done",
  'a closure uses a variable of another scope':
    "const files: string[] = await tools.listFiles({ dir: 'src' })\nconst readers = files.map((path) => async () => {\n  const file = await tools.readFile({ path })\n  return file.content\n})\nfor (const read of readers) {\n  const text = await read()\n  console.log(text.length, path)\n}\nreturn readers.length",
  'a closure reads a state that another cleared':
    "let cache: Map<string, string> | null = new Map()\nconst remember = async (path: string): Promise<string> => {\n  if (!cache!.has(path)) {\n    const { content } = await tools.readFile({ path })\n    cache!.set(path, content)\n  }\n  return cache!.get(path) as string\n}\nawait remember('src/a.ts')\nconst clear = () => { cache = null }\nclear()\nconst text = await remember('src/b.ts')\nreturn text",
  'calls a tool that does not exist on the result':
    "const files = await tools.listFiles({ dir: 'src' })\nconst contents = await Promise.all(\n  files.map(async (path: string) => {\n    const file = await tools.readFile({ path })\n    return file.content.trim().splitLines()\n  }),\n)\nreturn contents",
  'reads a member of a missing await result':
    "const cache: Record<string, Promise<{ content: string }>> = {\n  a: tools.readFile({ path: 'src/a.ts' }),\n}\nconst a = (await cache['a']).content\nconst b = (await cache['b']).content\nreturn a + b",
  'forgets to await':
    "const res = tools.exec({ cmd: 'npm test' }) as any\nconst ok = res.stdout.includes('passed')\nreturn ok",
  'calls a string as a function':
    "const config = { name: 'demo', print: 'yes' } as any\nif (config.print) {\n  config.print(config.name)\n}\nreturn config",
  'uses a conditional that ends in undefined':
    "const mode: string = 'fast'\nconst settings = mode === 'slow' ? { level: 1 } : undefined\nconst level = mode === 'fast' ? (settings as any).level : 0\nreturn level",
  'compares with in on a string':
    "const { stdout } = await tools.exec({ cmd: 'npm test' })\nconst keys = ['passed', 'failed']\nconst present = keys.filter((key) => key in (stdout as any))\nreturn present",
  'checks instanceof against a plain object':
    "const Base = { name: 'Base' }\nconst things = [1, 'two', { three: 3 }]\nconst matching = things.filter((t) => (t as any) instanceof (Base as any))\nreturn matching.length",
  'freezes and then writes':
    "const limits = Object.freeze({ lines: 10, tags: Object.freeze(['a']) })\nconst wider = { ...limits, lines: 20 }\n;(limits as { lines: number }).lines = wider.lines\nreturn limits",
  'pushes to a frozen list':
    "'use strict'\nconst order = Object.freeze(['build', 'test']) as string[]\nconst { exitCode } = await tools.exec({ cmd: 'npm run build' })\nif (exitCode === 0) {\n  order.push('deploy')\n}\nreturn order",
  'converts a circular value to JSON':
    "type Dir = { name: string; parent?: Dir; entries: Dir[] }\nconst root: Dir = { name: '.', entries: [] }\nroot.entries.push({ name: 'src', parent: root, entries: [] })\nawait tools.writeFile({\n  path: 'tree.json',\n  content: JSON.stringify(root, null, 2),\n})\nreturn 'written'",
  'repeats a string a negative number of times':
    "const rows = [['name', 'a'], ['a long name', 'b']]\nconst width = 8\nconst table = rows\n  .map(([key, value]) => key + ' '.repeat(width - key.length) + value)\n  .join('\\n')\nreturn table",
  'reduces an empty list without a start':
    "const files = await tools.listFiles({ dir: 'src' })\nconst python = files.filter((f: string) => f.endsWith('.py'))\nconst longest = python.reduce((a: string, b: string) => (a.length > b.length ? a : b))\nreturn longest",
  'calls super member that is not there':
    'class Shape {\n  area(): number { return 0 }\n}\nclass Square extends Shape {\n  constructor(private_: number) {\n    super()\n    this.side = private_\n  }\n  side: number\n  describe(): string {\n    return `${super.area()} ${(super.toString as any)()} ${(Shape.prototype as any).perimeter()}`\n  }\n}\nreturn new Square(3).describe()',
  'recursion goes into a leaf':
    "interface Tree { name: string; children: Tree[] }\nconst tree = {\n  name: 'root',\n  children: [{ name: 'leaf' }, { name: 'branch', children: [] }],\n} as unknown as Tree\nconst depth = (node: Tree): number =>\n  1 + Math.max(0, ...node.children.map((child) => depth(child)))\nreturn depth(tree)",
  'sums with an operator on a Symbol':
    "const ids = [Symbol('a'), Symbol('b')] as unknown as string[]\nlet label = 'ids:'\nfor (const id of ids) {\n  label += ` ${id}`\n}\nreturn label",
  'a private method is called on another object':
    'class Account {\n  #balance = 0\n  deposit(n: number): this {\n    this.#balance += n\n    return this\n  }\n  static total(accounts: Account[]): number {\n    return accounts.reduce((sum, account) => sum + account.#balance, 0)\n  }\n}\nconst good = new Account().deposit(5)\nconst copy = { ...good } as unknown as Account\nreturn Account.total([good, copy])',
  'an object getter and a then callback':
    "const state = {\n  items: undefined as string[] | undefined,\n  get count(): number {\n    return this.items!.length\n  },\n}\nconst message = await tools\n  .exec({ cmd: 'ls' })\n  .then((r) => r.stdout.split('\\n'))\n  .then((items) => `${items.length} of ${state.count}`)\nreturn message",
}

/** Mistakes whose place is hard to find: constants that are assigned, nested patterns, callbacks of built-ins. */
export const HARD_SCRIPTS: Readonly<Record<string, string>> = {
  'reassigns a const in the middle of straight code':
    "const pkg = JSON.parse((await tools.readFile({ path: 'package.json' })).content)\nconst version = pkg.version\nconsole.log('current', version)\nversion = version.replace('1.0.0', '1.0.1')\nconsole.log('next', version)\nawait tools.writeFile({ path: 'package.json', content: JSON.stringify({ ...pkg, version }) })\nreturn version",
  'reassigns a const inside try':
    "const result = { ok: false }\ntry {\n  const { exitCode } = await tools.exec({ cmd: 'npm test' })\n  result = { ok: exitCode === 0 }\n  console.log('done')\n} catch (error) {\n  console.log('failed')\n  throw error\n}\nreturn result",
  'reassigns a const in an else branch and goes on':
    "const mode: string = 'fast'\nconst limit: number = 5\nif (mode === 'slow') {\n  console.log('slow')\n} else {\n  limit = 10\n  console.log('limit', limit)\n}\nfor (let i = 0; i < limit; i++) console.log(i)\nreturn limit",
  'reassigns a destructured const':
    "const { stdout, stderr } = await tools.exec({ cmd: 'npm test' })\nconst lines = stdout.trim().split('\\n')\nstdout = lines.slice(0, 5).join('\\n')\nif (stderr) {\n  console.log(stderr)\n}\nreturn stdout",
  'reassigns a for-of variable':
    "const paths = ['src/a.ts', 'src/b.ts']\nconst out: string[] = []\nfor (const path of paths) {\n  if (path.startsWith('src/')) {\n    path = path.slice(4)\n  }\n  out.push(path)\n}\nreturn out",
  'a logical assignment to a const':
    "const cache: Record<string, string> | null = null\nconst fallback = { a: 'x' }\ncache ??= fallback\nconsole.log(Object.keys(cache ?? {}))\nreturn cache",
  'reassigns an imported-looking function':
    "function parse(text: string) {\n  return text.split(',')\n}\nconst format = (items: string[]) => items.join('; ')\nconst old = format\nformat = (items: string[]) => `[${old(items)}]`\nreturn format(parse('a,b'))",
  'swaps two consts': 'const a = 1\nconst b = 2\n;[a, b] = [b, a] as any\nreturn a - b',
  'fails as an argument that spans lines':
    "const info = {} as any\nawait tools.writeFile({\n  path: 'out.txt',\n  content: [\n    'header',\n    info.body.text,\n    'footer',\n  ].join('\\n'),\n})\nreturn 'ok'",
  "fails in a nested call's argument":
    "const stats = { lines: [1, 2, 3] } as any\nconsole.log('max', Math.max(...stats.lines), 'mean', Math.round(stats.columns.reduce((a: number, b: number) => a + b, 0)))\nreturn stats",
  'fails in the second operand of a comparison':
    'const before = { count: 3 }\nconst after = null as any\nconst isLess = before.count < 5 && before.count > after.count\nreturn isLess',
  "fails in a ternary's branch":
    'const user: any = { profile: null }\nconst title = user.admin ? user.admin.title : user.profile.title\nreturn title',
  'a class field initialiser fails':
    "const settings = { paths: undefined as any }\nclass Loader {\n  root = '.'\n  first = settings.paths[0]\n  load() {\n    return `${this.root}/${this.first}`\n  }\n}\nconst loader = new Loader()\nreturn loader.load()",
  'a static block fails':
    "class Registry {\n  static items: Map<string, number>\n  static {\n    Registry.items.set('a', 1)\n  }\n}\nreturn Registry.items.size",
  'uses this before super':
    "class Base {\n  constructor(readonly_: string) {\n    console.log(readonly_)\n  }\n}\nclass Derived extends Base {\n  name: string\n  constructor(name: string) {\n    this.name = name\n    super(name)\n  }\n}\nreturn new Derived('x').name",
  'calls a class without new':
    "class Task {\n  constructor(public_: string) {\n    console.log(public_)\n  }\n}\nconst make: any = Task\nconst tasks = ['a', 'b'].map((name) => make(name))\nreturn tasks",
  'a getter-only property is written':
    'class Temperature {\n  #c = 20\n  get fahrenheit() {\n    return this.#c * 1.8 + 32\n  }\n}\nconst t: any = new Temperature()\nt.fahrenheit = 100\nreturn t.fahrenheit',
  'fails in finally':
    "let handle: any = null\ntry {\n  const { stdout } = await tools.exec({ cmd: 'ls' })\n  console.log(stdout)\n} finally {\n  handle.close()\n}\nreturn 'done'",
  'a tool fails and the error goes on':
    "const names = ['src/a.ts', 'src/nope.ts']\nconst texts: string[] = []\nfor (const path of names) {\n  const { content } = await tools.readFile({ path })\n  texts.push(content)\n}\nreturn texts.length",
  'a tool fails inside Promise.all with a typed callback':
    "interface Loaded { path: string; lines: number }\nconst load = async (path: string): Promise<Loaded> => {\n  const { content } = await tools.readFile({\n    path,\n  })\n  return { path, lines: content.split('\\n').length }\n}\nconst loaded: Loaded[] = await Promise.all(['src/a.ts', 'lib/x.ts'].map(load))\nreturn loaded",
  'destructures with defaults from null':
    "const respond = (kind: string): any => (kind === 'none' ? { meta: null } : { meta: { tags: [] } })\nconst { meta: { tags = [], author = 'unknown' } = {} } = respond('none')\nreturn { tags, author }",
  'destructures map entries wrongly':
    'const counts = new Map<number, number>([[5, 1]])\nconst rows: string[] = []\nfor (const [[first, second], n] of counts.entries() as any) {\n  rows.push(`${first}${second}${n}`)\n}\nreturn rows',
  "destructures in a callback's parameters":
    "const results = [{ file: 'a', diff: { added: 1 } }, { file: 'b' }] as any[]\nconst added = results.map(({ file, diff: { added } }) => `${file}: ${added}`)\nreturn added",
  'awaits a member of undefined in a template':
    "const services: any = { api: { status: async () => 'up' } }\nconst text = `api ${await services.api.status()}, db ${await services.db.status()}`\nreturn text",
  'a nested template literal fails':
    "const items = [{ name: 'a', tags: ['x'] }, { name: 'b' }] as any[]\nconst md = `\n# Items\n${items.map((item) => `- ${item.name}: ${item.tags.join(', ')}`).join('\\n')}\n`\nreturn md",
  'calls the result of an await':
    "const factory = async (name: string) => ({ name })\nconst value = await (await factory('x') as any)(1)\nreturn value",
  'calls a method of a possibly missing match chain':
    "const src = (await tools.readFile({ path: 'src/a.ts' })).content\nconst fn = src\n  .match(/function (\\w+)\\((.*?)\\)/)![2]\n  .match(/(\\w+): string/)![1]\n  .trim()\nreturn fn",
  'converts undefined to an object':
    'const groups: any = { a: undefined }\nconst keys = Object.keys(groups.a).length + Object.entries(groups).length\nreturn keys',
  'a Map is read by index':
    "const index = new Map([['a', { n: 1 }]]) as any\nindex.get('a').n += 1\nindex['b'].n += 1\nreturn index.size",
  'an arrow with an object body reads too far':
    'const nodes = [{ id: 1, parent: { id: 0 } }, { id: 2 }] as any[]\nconst edges = nodes.map((n) => ({\n  from: n.id,\n  to: n.parent.id,\n}))\nreturn edges',
  'new Array with a bad length':
    'const sizes = [3, -1]\nconst buffers = sizes.map((n) => new Array(n).fill(0))\nreturn buffers.length',
  'toFixed with too many digits':
    "const ratio = 1 / 3\nconst shown = ['ratio', ratio.toFixed(2), ratio.toFixed(200)].join(' ')\nreturn shown",
  'new Date that is invalid':
    "const dates = ['2024-01-01', 'yesterday']\nconst iso = dates.map((d) => new Date(d).toISOString())\nreturn iso",
  'BigInt of a fraction':
    'const values = [1, 2.5]\nlet sum = 0n\nfor (const v of values) sum += BigInt(v)\nreturn String(sum)',
  'JSON.parse with a reviver that fails':
    'const text = \'{"a": {"b": 1}, "c": "x"}\'\nconst data = JSON.parse(text, (key, value) => {\n  if (key === \'c\') return value.length.units.px\n  return value\n})\nreturn data',
  'replace with a callback that fails':
    "const labels: Record<string, { text: string }> = { a: { text: 'A' } }\nconst out = 'a and b'.replace(/\\b[ab]\\b/g, (m) => labels[m].text)\nreturn out",
  'sorts with a method that is missing':
    'const rows = [{ id: 1 }, { id: 2 }] as any[]\nrows.sort((x, y) => x.name.localeCompare(y.name))\nreturn rows',
  'Array.from with a callback that fails':
    'const source = { length: 2, 0: { v: 1 } } as any\nconst list = Array.from(source, (item: any) => item.v * 2)\nreturn list',
  'an async function in a loop rejects late':
    "const jobs: Promise<number>[] = []\nfor (const [i, path] of ['src/a.ts', 'src/b.ts'].entries()) {\n  jobs.push((async () => {\n    const { content } = await tools.readFile({ path })\n    if (i === 1) throw new Error(`job ${i} found ${content.length} characters`)\n    return content.length\n  })())\n}\nreturn await Promise.all(jobs)",
  'a promise chain throws in then':
    "const value = await tools.exec({ cmd: 'npm test' })\n  .then((r) => r.stdout.trim().split('\\n'))\n  .then((lines) => lines.find((l) => l.includes('missing')))\n  .then((line) => line!.length)\nreturn value",
  'a rejected promise made by hand':
    'const check = (n: number) =>\n  new Promise<number>((resolve, reject) => {\n    if (n > 2) reject(new Error(`too large: ${n}`))\n    else resolve(n)\n  })\nconst first = await check(1)\nconst second = await check(3)\nreturn first + second',
  'throws an error class of its own':
    "class NotFoundError extends Error {\n  constructor(readonlyPath: string) {\n    super(`not found: ${readonlyPath}`)\n    this.name = 'NotFoundError'\n  }\n}\nconst files = await tools.listFiles({ dir: 'src' })\nif (!files.includes('src/main.ts')) throw new NotFoundError('src/main.ts')\nreturn files",
  'an unknown type guard is called with arguments over lines':
    "const input: unknown = { a: 1 }\nconst ok =\n  typeof input === 'object' &&\n  input !== null &&\n  hasKeys(\n    input,\n    ['a', 'b'],\n  )\nreturn ok",
  'a variable of a finished block':
    "for (let i = 0; i < 3; i++) {\n  const last = i * 2\n}\nconsole.log('last was', last)\nreturn last",
  'a function used before its const':
    "const text = render({ title: 'x' })\nconst render = (data: { title: string }) => `<h1>${data.title}</h1>`\nreturn text",
  'a closure in a timer':
    'const state: any = { queue: null }\nconst wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))\nawait wait(1)\nconst next = state.queue.shift()\nawait wait(1)\nreturn next',
  'optional call of a non-function':
    "const plugin: any = { hooks: { before: 'now' } }\nplugin.hooks.after?.()\nplugin.hooks.before?.('x')\nreturn plugin",
  'spreads null into a call over several lines':
    'const extra: any = null\nconst merged = Object.assign(\n  {},\n  { a: 1 },\n  ...extra,\n)\nreturn merged',
  'deletes from undefined': 'const store: any = { users: undefined }\ndelete store.users.admin\nreturn store',
  'compares versions with a helper that returns nothing':
    "const parseVersion = (v: string): any => {\n  v.split('.').map(Number)\n}\nconst [major] = parseVersion('1.2.3')\nreturn major",
  'increments a const and returns later':
    "const index = 0\nconst names = ['a', 'b']\nconsole.log(names[index])\nindex++\nconsole.log(names[index])\nawait tools.exec({ cmd: 'ls' })\nreturn index",
  'assigns a const in a while loop with a break':
    'const done = false\nlet turns = 0\nwhile (!done) {\n  turns += 1\n  if (turns > 3) {\n    done = true\n    break\n  }\n}\nreturn turns',
  'assigns a const in a switch case':
    "const state: string = 'idle'\nconst events = ['start', 'stop']\nfor (const event of events) {\n  switch (event) {\n    case 'start':\n      state = 'running'\n      console.log(state)\n      break\n    case 'stop':\n      state = 'idle'\n      break\n  }\n}\nreturn state",
  'assigns a const from an inner function declaration':
    "const buffer: string[] = []\nfunction flush(): string {\n  const text = buffer.join('')\n  buffer = []\n  console.log('flushed', text.length)\n  return text\n}\nbuffer.push('a')\nreturn flush()",
  'assigns a shadowing const':
    'let total = 0\nfor (const n of [1, 2]) {\n  const total = n\n  total = total + n\n  console.log(total)\n}\ntotal += 1\nreturn total',
  'assigns a const with an awaited value':
    "const text = ''\nconsole.log('before')\ntext = (await tools.readFile({ path: 'src/a.ts' })).content\nconsole.log('after', text.length)\nreturn text.split('\\n').length",
  'assigns a const object, then its members':
    'const options: any = { depth: 1 }\noptions.depth = 2\noptions = { ...options, depth: 3 }\noptions.depth = 4\nreturn options',
  'assigns a const in catch':
    "const data: any = null\ntry {\n  JSON.parse('{bad')\n} catch (error) {\n  data = { error: String(error) }\n  console.log(data.error)\n}\nreturn data",
  'assigns a const in a method':
    "class Counter {\n  run() {\n    const count = 0\n    for (let i = 0; i < 2; i++) {\n      console.log(i)\n    }\n    count = count + 2\n    return count\n  }\n}\nconst counter = new Counter()\nconsole.log('start')\nreturn counter.run()",
  'concatenates to a const string in a template':
    "const report = ''\nconst { stdout } = await tools.exec({ cmd: 'npm test' })\nreport += `# Output\n\n${stdout}\n`\nreport += 'end'\nawait tools.writeFile({ path: 'R.md', content: report })\nreturn report",
  'decrements a const in a condition':
    "const retries = 3\nlet ok = false\nwhile (!ok && retries-- > 0) {\n  const { exitCode } = await tools.exec({ cmd: 'npm test' })\n  ok = exitCode === 1\n}\nreturn ok",
  'throws in a comparator of toSorted':
    "const rows = [{ v: '1' }, { v: '2' }] as any[]\nconst sorted = rows.toSorted((p, q) => p.v.num.value - q.v.num.value)\nreturn sorted",
  'a generator delegates to undefined':
    'const parts: any = { head: [1], tail: undefined }\nfunction* all() {\n  yield* parts.head\n  yield* parts.tail\n}\nreturn [...all()]',
  'a method chain in a default parameter':
    "const pick = (list: any, first = list.items[0].name.trim()) => first\nconsole.log(pick({ items: [{ name: ' a ' }] }))\nreturn pick({ items: [] })",
  'an object method is missing behind this':
    "const runner: any = {\n  steps: ['build'],\n  async run() {\n    for (const step of this.steps) {\n      await this.before(step)\n      await tools.exec({ cmd: step })\n    }\n  },\n}\nawait runner.run()\nreturn 'ok'",
  'flatMap of a missing list':
    "const packages = [{ deps: ['a'] }, {}] as any[]\nconst names = packages\n  .flatMap((p) => p.deps.map((d: string) => d.toUpperCase()))\n  .filter(Boolean)\nreturn [...new Set(names)]",
  'every then some with a missing field':
    "const suites = [{ cases: [{ status: 'ok' }] }, { cases: [undefined] }] as any[]\nconst allPass = suites.every((s) =>\n  s.cases.every(\n    (c: any) => c.status === 'ok',\n  ),\n)\nreturn allPass",
  'a private field through a proxy object':
    "class Store {\n  #map = new Map<string, number>()\n  get(key: string) {\n    return this.#map.get(key)\n  }\n}\nconst store = new Store()\nconst view: any = Object.create(store)\nconsole.log(store.get('a'))\nreturn view.get('a')",
  'instanceof of undefined and a member':
    "const errors: any = { Timeout: undefined }\ntry {\n  throw new Error('slow')\n} catch (e) {\n  if (e instanceof errors.Timeout) return 'timeout'\n  throw e\n}",
  'Reflect and Symbol.iterator of a bad iterator':
    'const broken: any = { [Symbol.iterator]: () => ({ next: () => 1 }) }\nconst list: number[] = []\nfor (const x of broken) {\n  list.push(x)\n}\nreturn list',
}
