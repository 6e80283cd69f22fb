// Draws each chart from its own table, which stays below it for those who want the numbers; without this script it is all there is.
"use strict";

const number = (cell) => (cell.textContent.trim() === "" ? NaN : Number(cell.textContent.replaceAll(",", "")));

// `2026`, `2026-11` or `2026-11-05` as a day in UTC.
const time = (text) => new Date(`${text}${"-01-01".slice(text.length - 4)}T00:00Z`);

const interval = (text) => ({ 4: "year", 7: "month" })[text.length] ?? "day";

function points(table) {
  const heads = [...table.tHead.rows[0].cells];
  return [...table.tBodies[0].rows].flatMap((row) =>
    heads.flatMap((head, column) =>
      head.classList.contains("drawn")
        ? [{ step: row.cells[0].textContent, series: head.textContent, value: number(row.cells[column]) }]
        : [],
    ),
  );
}

function marks(figure, found) {
  const told = (point) => `${point.step}\n${point.series}: ${point.value.toLocaleString("en")}`;
  const y = { y: "value", fill: "series", title: told, tip: true };
  if (figure.dataset.form === "lines") {
    const line = { x: (point) => time(point.step), y: "value", stroke: "series" };
    return [Plot.lineY(found, line), Plot.dot(found, { ...line, r: 2, fill: "series", title: told, tip: true })];
  }
  const offset = figure.dataset.form === "shares" ? { offset: "normalize" } : {};
  if (figure.dataset.scale === "time") {
    return [Plot.rectY(found, { x: (point) => time(point.step), interval: interval(found[0].step), ...y, ...offset })];
  }
  return [Plot.barY(found, { x: "step", ...y, ...offset }), Plot.ruleY([0])];
}

// Few things are counted one by one: no half article stands at the side.
function ticks(figure, found) {
  const sums = new Map();
  for (const { step, value } of found) sums.set(step, (sums.get(step) ?? 0) + (value || 0));
  const most = Math.max(...sums.values());
  const counted = figure.dataset.form !== "shares" && found.every(({ value }) => Number.isNaN(value) || Number.isInteger(value));
  return counted && most <= 10 ? { ticks: [...Array(most + 1).keys()], tickFormat: ",d" } : {};
}

function draw(figure) {
  const table = figure.querySelector("table");
  const drawing = figure.querySelector(".drawing");
  if (!table) return;
  const found = points(table);
  drawing.hidden = false;
  const steps = figure.dataset.scale === "steps";
  const names = [...new Set(found.map((point) => point.series))];
  const plot = Plot.plot({
    width: drawing.clientWidth,
    height: Math.min(420, Math.max(240, drawing.clientWidth * 0.45)),
    marginBottom: steps && found.length > 8 ? 70 : 40,
    marginLeft: 60,
    x: steps ? { type: "band", domain: found.map((point) => point.step), label: null, tickRotate: found.length > 8 ? -45 : 0 } : { type: "utc", label: null },
    y: { grid: true, label: figure.dataset.form === "shares" ? `share of ${figure.dataset.unit}` : figure.dataset.unit, percent: figure.dataset.form === "shares", zero: true, ...ticks(figure, found) },
    color: { domain: names, scheme: "tableau10", legend: names.length > 1 },
    marks: marks(figure, found),
  });
  // The drawing as a whole has a name and says what it shows; Plot names groups of shapes, which have no role that may bear one.
  for (const named of plot.querySelectorAll("[aria-label]")) named.removeAttribute("aria-label");
  drawing.replaceChildren(plot);
}

const figures = [...document.querySelectorAll("figure.chart")];
for (const figure of figures) {
  draw(figure);
  const details = figure.querySelector("details");
  if (details) details.open = false;
}
let width = window.innerWidth;
window.addEventListener("resize", () => {
  if (window.innerWidth !== width) figures.forEach(draw);
  width = window.innerWidth;
});
