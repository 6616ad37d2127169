/* Search by Pagefind in the reader's own browser: one index for each language, each asked in its own way. On a large site
   each is in volumes, the newest first. */

const form = document.querySelector(".search");
const list = document.querySelector(".results");
const status = document.querySelector(".search-status");
const more = document.querySelector(".more-results");
const PAGE = 10;

let indexes = [];
let found = [];
let count = 0;
let asked = 0;

/* Pagefind takes the language from the page, and with it how words are told apart and inflected. Its module holds one
   language: each gets a module of its own. */
function instanceOf(module, language, basePath) {
  const page = document.documentElement;
  const own = page.lang;
  page.lang = language;
  try {
    return module.createInstance({ basePath, baseUrl: "/" });
  } finally {
    page.lang = own;
  }
}

async function indexOf(language, folders) {
  const module = await import(`${folders[0]}pagefind.js?${language}`);
  const pagefind = instanceOf(module, language, folders[0]);
  await Promise.all(folders.slice(1).map((folder) => pagefind.mergeIndex(folder, { language, baseUrl: "/" })));
  let volumes = folders.length > 1 ? null : [pagefind];
  return { pagefind, apart: () => (volumes ??= folders.map((folder) => instanceOf(module, language, folder))) };
}

/* The folders of each language's volumes, from "name:en name:de". */
function volumes() {
  const base = new URL(form.dataset.index, location.href).href;
  const folders = new Map();
  for (const volume of form.dataset.volumes.split(" ").filter(Boolean)) {
    const [name, language] = volume.split(":");
    folders.set(language, [...folders.get(language) || [], `${base}${name}/`]);
  }
  return [...folders];
}

async function load() {
  indexes = await Promise.all(volumes().map(([language, folders]) => indexOf(language, folders)));
  const counts = {};
  for (const filters of await Promise.all(indexes.map((index) => index.pagefind.filters()))) {
    for (const [name, values] of Object.entries(filters)) {
      counts[name] ??= {};
      for (const [value, count] of Object.entries(values)) counts[name][value] = (counts[name][value] || 0) + count;
    }
  }
  for (const [name, values] of Object.entries(counts)) offer(name, values);
}

function offer(name, values) {
  const select = form.elements[name];
  if (!select || Object.keys(values).length < 2) return;
  const inWords = name === "language" ? new Intl.DisplayNames(document.documentElement.lang, { type: "language" }) : null;
  const options = Object.entries(values).map(([value, count]) => [value, inWords?.of(value) || value, count]);
  options.sort((one, other) => one[1].localeCompare(other[1]));
  if (name === "year") options.reverse();
  for (const [value, label, count] of options) select.add(new Option(`${label} (${count})`, value));
  select.disabled = false;
}

function chosen() {
  const fields = ["section", "source", "year", "language"].map((name) => [name, form.elements[name].value]);
  return Object.fromEntries(fields.filter(([, value]) => value));
}

async function search() {
  const turn = ++asked;
  const query = form.elements.q.value.trim();
  const filters = chosen();
  remember(query, filters);
  if (!query && !Object.keys(filters).length) {
    list.replaceChildren();
    status.textContent = "";
    more.hidden = true;
    return;
  }
  const answers = await (query ? searched(indexes.map((index) => index.pagefind), query, { filters })
    : searched(indexes.flatMap((index) => index.apart()), null, { filters, sort: { date: "desc" } }));
  const telling = query ? await Promise.all(answers.map((answer) => hits(answer, query))) : answers;
  if (turn !== asked) return;
  found = answers.filter((answer, place) => telling[place]).map((answer) => answer.results);
  if (query) found = [found.flat().sort((one, other) => other.score - one.score)];
  list.replaceChildren();
  count = found.reduce((sum, results) => sum + results.length, 0);
  const { none, one, many } = status.dataset;
  status.textContent = count === 0 ? none : count === 1 ? one : many.replace("#", count.toLocaleString(document.documentElement.lang));
  await show();
}

/* Answers by day are asked of each volume by itself: merged, Pagefind orders them by their places in each. */
const searched = (asked, query, how) => Promise.all(asked.map((pagefind) => pagefind.search(query, how)));

const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

/* Where a language does not have a word, Pagefind finds shorter ones ("de" for "Deich"): such answers tell nothing. */
async function hits(answer, query) {
  if (!answer.results.length) return false;
  const { excerpt, meta } = await answer.results[0].data();
  const marked = [...excerpt.matchAll(/<mark>(.*?)<\/mark>/gs)].map((hit) => folded(hit[1]).replace(/^\P{L}+/u, ""));
  const words = folded(query).split(/\s+/);
  const start = (word) => word.slice(0, Math.max(2, Math.ceil(word.length * 0.6)));
  return words.some((word) => folded(meta.title || "").includes(word) || marked.some((hit) => (
    hit.startsWith(start(word)) || (UNSPACED.test(hit) && word.includes(hit))
  )));
}

async function show() {
  const turn = asked;
  const results = await next(found);
  if (turn !== asked) return;
  list.append(...results.map(item));
  list.hidden = false;
  more.hidden = list.children.length >= count;
}

/* Take the next results: of several lists, each of which has its own in the order of days, the newest of all. */
async function next(lists) {
  const filled = lists.filter((results) => results.length);
  if (filled.length < 2) return Promise.all(filled.flatMap((results) => results.splice(0, PAGE)).map((result) => result.data()));
  const taken = [];
  while (taken.length < PAGE) {
    const heads = await Promise.all(filled.map((results) => results[0]?.data()));
    const newest = Math.max(...heads.map((head) => (head ? Date.parse(head.meta.since) : -Infinity)));
    const place = heads.findIndex((head) => head && Date.parse(head.meta.since) === newest);
    if (place < 0) break;
    taken.push(heads[place]);
    filled[place].shift();
  }
  return taken;
}

const inWords = (day) => day
  && new Date(day).toLocaleDateString(document.documentElement.lang, { dateStyle: "long", timeZone: "UTC" });

function item(result) {
  const entry = document.createElement("li");
  entry.lang = result.meta.language || "";
  entry.dir = result.meta.direction || "auto";
  const link = entry.appendChild(document.createElement("h2")).appendChild(document.createElement("a"));
  const place = result.sub_results?.find((part) => part.url.includes("#"));
  link.href = local(result.url);
  link.textContent = result.meta.title;
  const facts = entry.appendChild(document.createElement("p"));
  facts.className = "dateline";
  facts.lang = document.documentElement.lang;
  facts.textContent = [result.meta.section, inWords(result.meta.day), result.meta.source].filter(Boolean).join(" · ");
  marked(entry.appendChild(document.createElement("p")), result.excerpt);
  if (place) {
    const part = entry.appendChild(document.createElement("p")).appendChild(document.createElement("a"));
    part.href = local(place.url);
    part.textContent = `# ${place.title}`;
  }
  return entry;
}

/* An excerpt comes as HTML with <mark>: it is read as text, so that whatever a scrape holds stays text. */
function marked(paragraph, excerpt) {
  for (const part of excerpt.split(/(<mark>.*?<\/mark>)/s)) {
    const hit = /^<mark>(.*)<\/mark>$/s.exec(part);
    if (hit) paragraph.appendChild(document.createElement("mark")).textContent = unescaped(hit[1]);
    else paragraph.append(unescaped(part));
  }
}

const NAMED = { amp: "&", lt: "<", gt: ">", quot: "\"", "#39": "'", "#x27": "'" };
const unescaped = (text) => text.replace(/&(amp|lt|gt|quot|#39|#x27);/g, (whole, name) => NAMED[name]);

const local = (url) => new URL(url.replace(/^\/+/, ""), new URL(form.dataset.root, location.href)).href;

function remember(query, filters) {
  const kept = new URLSearchParams({ ...(query && { q: query }), ...filters });
  history.replaceState(null, "", kept.size ? `?${kept}` : location.pathname);
}

async function ready(given) {
  try {
    await load();
  } catch {
    status.textContent = status.dataset.failed;
    delete document.documentElement.dataset.scripts;
    return;
  }
  for (const [name, value] of given) if (name !== "q" && form.elements[name]) form.elements[name].value = value;
  let pause;
  form.addEventListener("input", () => { clearTimeout(pause); pause = setTimeout(search, 150); });
  more.addEventListener("click", show);
  search();
}

/* The indexes are fetched for a reader who is there: at the first movement, touch or key, or for a search in the address. */
function begin() {
  if (!("scripts" in document.documentElement.dataset)) return;
  const given = new URLSearchParams(location.search);
  form.elements.q.value = given.get("q") || "";
  form.elements.q.focus();
  form.addEventListener("submit", (event) => event.preventDefault());
  const signs = ["pointermove", "pointerdown", "keydown", "touchstart"];
  const arrive = () => {
    for (const sign of signs) removeEventListener(sign, arrive);
    ready(given);
  };
  if (given.size) arrive();
  else for (const sign of signs) addEventListener(sign, arrive, { passive: true });
}

begin();
