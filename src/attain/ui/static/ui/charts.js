// Charts: calm, without animation, in the colours of the theme; each has its table beside it.
import { init } from "../vendor/echarts.js";

const drawn = new Map();

export function wire(figure) {
  if (drawn.has(figure)) return;
  const place = figure.querySelector(".at-chart-canvas");
  const data = JSON.parse(figure.querySelector("[data-chart-data]").content.textContent);
  const chart = init(place, null, { renderer: "canvas" });
  drawn.set(figure, chart);
  if (figure.dataset.chart === "tree") place.style.height = `${Math.min(Math.max(34 * leaves(data), 120), 640)}px`;
  const draw = () => {
    chart.setOption(optionOf(figure, data), true);
    if (isLine(figure) && figure.dataset.chart !== "tree") spreadLabels(chart, data);
  };
  chart.resize();
  draw();
  new ResizeObserver(() => {
    if (!figure.isConnected) return forget(figure);
    chart.resize();
    draw();
  }).observe(place);
  document.addEventListener("at:theme", draw);
}

const leaves = (node) => (node.children?.length ? node.children.reduce((sum, child) => sum + leaves(child), 0) : 1);

/** Words at the ends of lines keep apart from each other, in the order of their values. */
function spreadLabels(chart, data) {
  const last = data.categories.length - 1;
  const ends = chart.getOption().series.map((series, index) => {
    const at = series.data.findLastIndex((value) => value !== null && value !== undefined);
    return { index, at, shown: Boolean(series.endLabel?.show), y: at < 0 ? NaN : chart.convertToPixel({ seriesIndex: index }, [at, series.data[at]])[1] };
  }).filter((end) => end.shown && !Number.isNaN(end.y));
  const atEdge = ends.filter((end) => end.at === last).sort((one, other) => one.y - other.y);
  const offsets = new Map(ends.filter((end) => end.at !== last).map((end) => [end.index, { align: "right", offset: [-14, -14] }]));
  let reached = -Infinity;
  for (const end of atEdge) {
    const y = Math.max(end.y, reached + 17);
    offsets.set(end.index, { offset: [0, y - end.y] });
    reached = y;
  }
  chart.setOption({ series: chart.getOption().series.map((_, index) => ({ endLabel: offsets.get(index) ?? {} })) });
}

function forget(figure) {
  drawn.get(figure)?.dispose();
  drawn.delete(figure);
}

function theme(element) {
  const style = getComputedStyle(element);
  const token = (name) => style.getPropertyValue(`--at-${name}`).trim();
  return {
    bg: token("bg"), ink: token("ink"), ink2: token("ink-2"), line: token("line"), line2: token("line-2"),
    tint: token("tint"), toast: token("toast"), onToast: token("on-toast"),
    series: [1, 2, 3, 4, 5].map((number) => token(`chart-${number}`)),
    context: token("field"),
    font: style.fontFamily,
  };
}

function optionOf(figure, data) {
  const look = theme(figure);
  const kind = figure.dataset.chart;
  const write = writer(figure.dataset.format);
  const base = {
    animation: false,
    textStyle: { fontFamily: look.font, fontSize: 12, color: look.ink2 },
    aria: { enabled: false },
    // Drawn on the canvas: a tooltip of elements would bring styles that the policy refuses.
    tooltip: {
      trigger: kind === "tree" ? "item" : "axis", renderMode: "richText", backgroundColor: look.toast,
      borderWidth: 0, padding: [6, 10], textStyle: { color: look.onToast, fontSize: 12 },
      axisPointer: { type: kind === "bar" ? "shadow" : "line", lineStyle: { color: look.line2 }, shadowStyle: { color: look.line, opacity: 0.5 } },
      valueFormatter: (value) => (value === null || value === undefined ? "–" : write(value)),
    },
  };
  if (kind === "tree") return { ...base, series: [treeSeries(data, look)] };
  return { ...base, ...axes(figure, data, look, write), series: seriesOf(kind, data, look, write) };
}

function writer(format) {
  if (format === "ratio") {
    // As everywhere: rounded, but cut off where rounding would reach the next whole number.
    const cut = (value) => {
      const tenths = Math.round(Number((value * 1000).toFixed(6)));
      return Math.trunc(tenths / 10) === Math.trunc(Number((value * 100).toFixed(6))) ? tenths : Math.trunc(value * 1000);
    };
    return (value) => `${(cut(value) / 10).toFixed(1).replace("-", "−")}%`;
  }
  const plain = new Intl.NumberFormat("en", { maximumFractionDigits: 2 });
  return (value) => plain.format(value).replace("-", "−");
}

/** Short figures for the axis: 1,200万 in Chinese, 12M in English. */
function shortWriter(format) {
  const language = document.documentElement.lang;
  if (format === "ratio") {
    const percent = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 1 });
    return (value) => percent.format(value).replace("-", "−");
  }
  const short = new Intl.NumberFormat(language, { notation: "compact", maximumFractionDigits: 1, useGrouping: "always" });
  return (value) => short.format(value).replace("-", "−");
}

function axes(figure, data, look, write) {
  const room = Math.max(0, ...data.series.map((series) => (series.role === "context" || isLine(figure) ? textWidth(endLabel(series, write)) : 0)));
  const short = shortWriter(figure.dataset.format);
  return {
    grid: { left: 4, right: isLine(figure) ? room + 14 : 4, top: 16, bottom: 4, containLabel: true },
    xAxis: {
      type: "category", data: data.categories, boundaryGap: !isLine(figure), axisTick: { show: false },
      axisLine: { lineStyle: { color: look.line2 } }, axisLabel: { color: look.ink2, margin: 10, ...names(figure, data) },
    },
    yAxis: {
      // Of things that are counted there are no halves.
      type: "value", splitNumber: 4, minInterval: isCounted(figure, data) ? 1 : 0, axisLabel: { color: look.ink2, formatter: short },
      splitLine: { lineStyle: { color: look.line } }, axisLine: { show: false }, axisTick: { show: false },
      // Bars are lengths and begin at nothing; lines may begin where they are.
      scale: isScaled(figure.dataset.chart, data),
    },
  };
}

/** Few bars each say what they are, in two lines if need be; many points say what finds room. */
function names(figure, data) {
  const count = data.categories.length;
  if (isLine(figure) || count > 8) {
    return { hideOverlap: true, alignMaxLabel: "right", alignMinLabel: isLine(figure) ? "left" : null };
  }
  return { interval: 0, overflow: "break", width: Math.max(48, Math.floor((figure.clientWidth - 48) / count) - 8) };
}

const isCounted = (figure, data) =>
  figure.dataset.format === "number" && data.series.every((series) => series.values.every((value) => Number.isInteger(Number(value ?? 0))));

const isScaled = (kind, data) => kind === "line" && !data.from_zero;

const isLine = (figure) => figure.dataset.chart !== "bar";

function textWidth(text) {
  return [...text].reduce((width, sign) => width + (sign > "⺀" ? 12 : 7), 0);
}

function endLabel(series, write) {
  if (series.role === "band_low" || series.role === "band_high") return "";
  const last = [...series.values].reverse().find((value) => value !== null && value !== undefined);
  return last === undefined ? "" : `${series.name} ${write(Number(last))}`;
}

function seriesOf(kind, data, look, write) {
  const subjects = data.series.filter((series) => series.role !== "context");
  const made = data.series.flatMap((series) => {
    // A forecast goes on in the colour of what it continues.
    const place = series.role === "forecast" ? 0 : Math.max(0, subjects.indexOf(series));
    const colour = series.role === "context" ? look.context : look.series[place % 5];
    const values = series.values.map((value) => (value === null ? null : Number(value)));
    if (kind === "bar" && series.role !== "context") return [bar(series, values, colour, data, look)];
    if (series.role === "band_low" || series.role === "band_high") return [];
    return [line(series, values, colour, look, write, !isScaled(kind, data))];
  });
  const low = data.series.find((series) => series.role === "band_low");
  const high = data.series.find((series) => series.role === "band_high");
  if (low && high) made.unshift(...band(low, high, look));
  if (made.length && data.marks?.length) made[0].markLine = marks(data.marks, look);
  return made;
}

function bar(series, values, colour, data, look) {
  const now = data.current;
  const shown = now === undefined || now === null
    ? values
    : values.map((value, index) => ({ value, itemStyle: { color: index === now ? colour : look.line2 } }));
  return {
    type: "bar", name: series.name, data: shown, barMaxWidth: 36, barCategoryGap: "38%", color: colour,
    itemStyle: { borderRadius: [2, 2, 0, 0] }, emphasis: { disabled: true },
  };
}

function line(series, values, colour, look, write, fromZero) {
  const context = series.role === "context";
  return {
    type: "line", name: series.name, data: values, color: colour, symbol: "none", connectNulls: false,
    lineStyle: { width: context ? 1.5 : 2.2, type: context ? [4, 4] : series.role === "forecast" ? [2, 3] : "solid" },
    // An area is a quantity: only where the axis begins at nothing.
    areaStyle: series.role === "subject" && fromZero ? { color: look.tint, opacity: 1 } : undefined,
    z: context ? 4 : 3,
    endLabel: {
      show: true, color: context ? look.ink2 : colour, fontWeight: context ? 400 : 600, fontSize: 12,
      formatter: () => endLabel(series, write), distance: 8,
    },
    emphasis: { disabled: true },
  };
}

/** A band is an invisible floor with the difference stacked on it. */
function band(low, high, look) {
  const floor = low.values.map((value) => (value === null ? null : Number(value)));
  const rise = high.values.map((value, index) => (value === null || floor[index] === null ? null : Number(value) - floor[index]));
  const common = { type: "line", stack: "band", symbol: "none", lineStyle: { opacity: 0 }, silent: true, tooltip: { show: false }, emphasis: { disabled: true } };
  return [
    { ...common, name: low.name, data: floor },
    { ...common, name: high.name, data: rise, areaStyle: { color: look.series[0], opacity: 0.14 } },
  ];
}

function marks(list, look) {
  return {
    symbol: "none", silent: true, lineStyle: { color: look.context, type: [4, 4] },
    label: { color: look.ink2, position: "insideEndTop", formatter: (mark) => mark.name },
    data: list.map((mark) => ({ name: mark.name, yAxis: Number(mark.value) })),
  };
}

function treeSeries(data, look) {
  const node = (each) => ({
    name: each.name, value: each.note ?? "", collapsed: each.open === false, children: (each.children ?? []).map(node),
  });
  return {
    type: "tree", data: [node(data)], orient: "LR", left: 8, right: 150, top: 8, bottom: 8,
    initialTreeDepth: 3, symbol: "circle", symbolSize: 9, roam: false, expandAndCollapse: true,
    itemStyle: { color: look.series[0], borderColor: look.series[0] },
    lineStyle: { color: look.line2, width: 1.2 },
    label: {
      position: "right", distance: 8, color: look.ink, fontSize: 12, backgroundColor: look.bg, padding: [1, 3],
      formatter: ({ name, value }) => (value ? `${name}  {note|${value}}` : name),
      rich: { note: { color: look.ink2, fontSize: 12 } },
    },
    tooltip: { show: false },
  };
}
