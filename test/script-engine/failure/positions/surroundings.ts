// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are programs
/** Functions around a failing statement. `%` stands for it. */
export interface Holder {
  text: string
  isAsync?: boolean
}

export const HOLDERS: readonly Holder[] = [
  { text: '%', isAsync: true },
  { text: 'for (const item of [1] as number[]) {\n  %\n}', isAsync: true },
  { text: 'if ((1 as number) > 0) {\n\t% \n} else { void 0 }', isAsync: true },
  { text: 'label: do {\n  %\n} while (false)', isAsync: true },
  {
    text: 'async function load<T extends number>(item: T, more: T[] = []): Promise<void> {\n  %\n}\nawait load(1)',
    isAsync: true,
  },
  { text: 'const load = async <T,>(item: T): Promise<void> => {\n  %\n}\nawait load<string>("a")', isAsync: true },
  { text: 'await Promise.all(([1, 2] as const).map(async (item): Promise<unknown> => {\n  %\n}))', isAsync: true },
  {
    text: 'class Loader<T> {\n  private items: T[] = []\n  async load(this: Loader<T>, item?: T): Promise<void> {\n    %\n  }\n}\nawait new Loader<string>().load()',
    isAsync: true,
  },
  {
    text: 'async function* items(): AsyncGenerator<number, void> {\n  yield 1\n  %\n}\nfor await (const item of items()) String(item)',
    isAsync: true,
  },
  { text: 'try {\n  %\n} finally {\n  String(1)\n}', isAsync: true },
  { text: ';[1, 2].map((item: number): unknown => {\n  %\n})' },
  { text: ';[1, 2].forEach(function (item: number): void {\n  %\n})' },
  { text: ';[3, 1, 2].sort((left: number, right: number): number => {\n  %\n})' },
  { text: ';[1, 2].reduce((total: number, item) => {\n  %\n}, 0)' },
  {
    text: 'function work(input: string): string\nfunction work(input: number): number\nfunction work(input: any): any {\n  %\n}\nwork(1)',
  },
  {
    text: 'abstract class Base<T> {\n  abstract name: T\n  run(): void {\n    %\n  }\n}\nclass Derived extends Base<string> { name = "d" }\nnew Derived().run()',
  },
  {
    text: 'class Held {\n  declare readonly kind: "held"\n  get value(): number {\n    %\n  }\n}\nString(new Held().value)',
  },
  { text: 'class Started { static ready: boolean = true; static start(): void { % } }\nStarted.start()' },
  { text: 'function* items(): Generator<number> {\n  yield 1\n  %\n}\nconst all: number[] = [...items()]' },
  { text: 'const text = `one\n${((): string => { % })()}\nthree`' },
  { text: 'function withDefault(a: number, b: unknown = (() => {\n  %\n})()): void { String(a, b) }\nwithDefault(1)' },
  { text: 'const held: { run?: () => void } = { run() {\n  %\n} }\nheld?.run?.()' },
  { text: 'setTimeout(() => {\n  %\n}, 1)\nawait new Promise<void>(resolve => setTimeout(resolve, 3))' },
  { text: '"abc".replace(/b/g, (matched: string): string => { % })' },
]

/** Whole lines to stand before: types to strip, texts with brackets and quotes in them. */
export const LINES: readonly string[] = [
  'interface Row<T extends object = {}> { id: T; readonly names?: string[] }',
  'type Rows = Array<Row<{ a: 1 }>> | null',
  'type Keyed = { [K in keyof Row<{}>]?: Row<{}>[K] }',
  'const words = ["a", \'b"\', `c\'`] as const',
  'const lines = `one\ntwo ${1 + 1} \\` three\n`',
  'const nested = `a ${[1].map(n => `<${n}>`).join(`}`)} b`',
  "// a comment with `quotes' and (brackets",
  '/* several\n   lines { */',
  'const pattern = /[/"\'`(]\\/{2}/gu',
  'const half = (4 + 2) / 2 / 1; const quote = "/"',
  'declare const given: unknown',
  'const 名前: string = "日本語 👩‍👩‍👧"',
  'function identity<T>(value: T): T { return value }',
  'const known = new Map<string, number[]>([["a", [1]]])',
  'const [first, ...others] = [1, 2, 3] as [number, ...number[]]',
  'const { length }: { length: number } = "abc"',
  'outer: for (const n of [] as number[]) { continue outer }',
  'const picked = ([1] as number[] | undefined)?.[0] ?? null!',
  '\tconst indented = <T,>(value: T) => value satisfies unknown',
  '',
]

/** Text to stand before on the same line. */
export const PREFIXES: readonly string[] = [
  '',
  '  ',
  '\t\t',
  '/* 日本 */ ',
  'const é = "𝒳é"; ',
  'const typed: Array<{ a: string }> = []; ',
  'type Short = "a" | "b"; ',
  'const cast = "x" as unknown as number; ',
  'const slash = /[/)]/.test("👍"); ',
  'const textBefore = `👍 ${1 as number} ${"}"}`; ',
  'let assigned!: string; ',
  'const listBefore = [1, 2]!.map((n: number): number => n); ',
  'interface Inline { a: string } ',
]
export const SUFFIXES: readonly string[] = ['', ' /* after */', '; void 0', ' /* 日本 */', ';']
