"use strict";
// Language, tabs, filters, sorting, search, and the way between a row and its place in the text. No request, no storage.
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const words = JSON.parse(document.getElementById("words").textContent);

function speak(language) {
  document.documentElement.lang = language;
  for (const element of all("[data-t]")) {
    const named = [element.dataset.t, element.dataset.also].filter((key) => words[key]).map(say);
    if (named.length) element.textContent = named.join(" · ");
  }
  for (const element of all("[data-zh]")) element.textContent = language === "zh" ? element.dataset.zh : element.dataset.en;
  for (const element of all("[data-placeholder]")) element.placeholder = say(element.dataset.placeholder);
  filterShown();
}

function say(key) {
  return words[key][document.documentElement.lang === "zh" ? 0 : 1];
}

// --- tabs
const tabs = all("[role=tab]");

function choose(tab, focus) {
  for (const other of tabs) {
    const chosen = other === tab;
    other.setAttribute("aria-selected", String(chosen));
    other.tabIndex = chosen ? 0 : -1;
    const panel = document.getElementById(other.getAttribute("aria-controls"));
    panel.hidden = !chosen;
    if (chosen) filter(panel);
  }
  if (focus) tab.focus();
}

tabs.forEach((tab, n) => {
  tab.addEventListener("click", () => choose(tab));
  tab.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step) choose(tabs[(n + step + tabs.length) % tabs.length], true);
  });
});

// --- filters and search: a row shows where every filter and the searched words let it
let wanted = "";
const texts = new Map();

function textOf(row) {
  if (!texts.has(row)) texts.set(row, row.textContent.toLowerCase());
  return texts.get(row);
}

function filter(panel) {
  const asked = all("[data-filter]", panel)
    .map((control) => [control.dataset.filter, control.type === "checkbox" ? (control.checked ? "true" : "") : control.value])
    .filter(([, value]) => value);
  let shown = 0;
  for (const row of all("tbody tr", panel)) {
    const keep = asked.every(([key, value]) => row.dataset[key] === value) && (!wanted || textOf(row).includes(wanted));
    row.hidden = !keep;
    shown += keep;
  }
  const count = panel.querySelector(".count");
  if (count) count.textContent = `${shown} ${say("rows")}`;
}

// Only what is in sight: a list that is opened later is filtered then.
function filterShown() {
  for (const panel of all("[role=tabpanel]:not([hidden]), .panel:not([hidden])")) filter(panel);
}

for (const control of all("[data-filter]")) {
  control.addEventListener("change", () => filter(control.closest("[role=tabpanel], .panel")));
}

// --- search in the text
const body = document.getElementById("text");
let said = null;

// The text as one string, so that a match may run through marks, and where each of its nodes starts in it.
function saidText() {
  if (said) return said;
  const starts = [], parts = [];
  const walker = body ? document.createTreeWalker(body, NodeFilter.SHOW_TEXT) : null;
  for (let at = 0; walker && walker.nextNode(); ) {
    const text = walker.currentNode.data.toLowerCase();
    starts.push([at, walker.currentNode]);
    parts.push(text);
    at += text.length;
  }
  said = { starts, joined: parts.join("") };
  return said;
}

function search(value) {
  wanted = value.trim().toLowerCase();
  const ranges = [];
  if (wanted) {
    const { starts, joined } = saidText();
    let n = 0;
    for (let at = joined.indexOf(wanted); at >= 0 && ranges.length < 2000; at = joined.indexOf(wanted, at + wanted.length)) {
      const range = document.createRange();
      while (n + 1 < starts.length && starts[n + 1][0] <= at) n++;
      range.setStart(starts[n][1], at - starts[n][0]);
      let m = n;
      const end = at + wanted.length;
      while (m + 1 < starts.length && starts[m + 1][0] < end) m++;
      range.setEnd(starts[m][1], end - starts[m][0]);
      ranges.push(range);
    }
  }
  if (window.CSS && CSS.highlights) {
    CSS.highlights.delete("search");
    if (ranges.length) CSS.highlights.set("search", new Highlight(...ranges));
  }
  if (ranges.length) ranges[0].startContainer.parentElement.scrollIntoView({ block: "center" });
  const output = document.getElementById("matches");
  output.textContent = wanted ? `${ranges.length} ${say("matches")}` : "";
  filterShown();
}

const box = document.getElementById("search");
if (box) box.addEventListener("input", () => search(box.value));

// --- sorting
function key(row, column) {
  const cell = row.cells[column];
  const number = Number(cell.dataset.key ?? NaN);
  return Number.isNaN(number) ? cell.textContent : number;
}

for (const button of all("th .sort")) {
  button.addEventListener("click", () => {
    const head = button.closest("th"), table = head.closest("table"), rows = table.tBodies[0];
    const up = head.getAttribute("aria-sort") !== "ascending";
    for (const other of all("th", table)) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", up ? "ascending" : "descending");
    const compare = (a, b) =>
      typeof a !== typeof b ? (typeof a === "number" ? -1 : 1) : typeof a === "number" ? a - b : a.localeCompare(b, "zh");
    const sorted = [...rows.rows].map((row) => [key(row, head.cellIndex), row]);
    sorted.sort(([a], [b]) => (up ? compare(a, b) : compare(b, a)));
    rows.append(...sorted.map(([, row]) => row));
  });
}

// --- from a row to its place, from a place to its row, from a link to both
function arrive() {
  const name = decodeURIComponent(location.hash.slice(1));
  for (const element of all(".found")) element.classList.remove("found");
  const target = name && document.getElementById(name);
  if (!target) return;
  const twin = document.getElementById(name.startsWith("r-") ? all(`a[href^="#"]`, target).map((a) => a.hash.slice(1))[0] : `r-${name.slice(2)}`);
  for (const element of [target, twin]) {
    if (!element) continue;
    const panel = element.closest("[role=tabpanel]");
    if (panel) {
      choose(document.getElementById(panel.getAttribute("aria-labelledby")));
      element.hidden = false;
    }
    const folded = element.closest("details");
    if (folded) folded.open = true;
    element.classList.add("found");
    element.scrollIntoView({ block: "center" });
  }
}

window.addEventListener("hashchange", arrive);

// --- a term's definition where the pointer or the focus is
let tip = null;

function explain(event) {
  if (tip) { tip.remove(); tip = null; }
  const link = event.target.closest && event.target.closest("a.term");
  if (!link || !["mouseover", "focusin"].includes(event.type)) return;
  const row = document.getElementById(link.hash.slice(1));
  if (!row) return;
  tip = document.createElement("div");
  tip.id = "tip";
  tip.role = "tooltip";
  tip.textContent = row.cells[1].textContent;
  document.body.append(tip);
  const box = link.getBoundingClientRect();
  tip.style.left = `${Math.max(8, Math.min(box.left, innerWidth - tip.offsetWidth - 8))}px`;
  tip.style.top = `${box.bottom + tip.offsetHeight + 8 > innerHeight ? box.top - tip.offsetHeight - 6 : box.bottom + 6}px`;
}

for (const type of ["mouseover", "mouseout", "focusin", "focusout"]) document.addEventListener(type, explain);


// --- a panel: one concept at a time, and what is shown as CSV
const concept = document.getElementById("concept");
if (concept) {
  concept.addEventListener("change", () => {
    for (const panel of all(".panel")) panel.hidden = panel.id !== `m-${concept.value}`;
    filterShown();
  });
  document.getElementById("download").addEventListener("click", () => {
    const table = document.getElementById(`m-${concept.value}`).querySelector("table");
    const quote = (text) => `"${text.replaceAll('"', '""').replace(/^(?=[=+@\t\r])/, "'")}"`;
    const lines = [...table.rows].filter((row) => !row.hidden).map((row) => [...row.cells].slice(0, -1).map((cell) => quote(cell.innerText.replace(/\s+/g, " ").trim())).join(","));
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob(["\ufeff" + lines.join("\n") + "\n"], { type: "text/csv" }));
    link.download = `${concept.value}.csv`;
    link.click();
    URL.revokeObjectURL(link.href);
  });
}

document.getElementById("language").addEventListener("click", () => speak(document.documentElement.lang === "zh" ? "en" : "zh"));
speak((navigator.languages || [navigator.language || "zh"])[0].toLowerCase().startsWith("zh") ? "zh" : "en");
arrive();
