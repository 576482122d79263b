/** The part of Apache ECharts that is used here, from its one-file build: it loads ten times as fast as the modules. */
declare module 'echarts/dist/echarts.esm.min.mjs' {
  interface ServerChart {
    setOption(option: object): void
    renderToSVGString(): string
    dispose(): void
  }
  export function init(
    dom: null,
    theme: null,
    options: { renderer: 'svg'; ssr: true; width: number; height: number },
  ): ServerChart
}
