/* What a page gains with scripts: display choices, keys, copied links, the place in a story, reading offline.
   Nothing here is needed to read. Nothing is sent anywhere: choices stay in this browser. */

const site = document.currentScript.dataset;
const root = new URL(site.root, location.href);
const page = document.documentElement;

const kept = {
  get(name) {
    try { return localStorage.getItem(`copydesk:${name}`) || ""; } catch { return ""; }
  },
  set(name, value) {
    try {
      if (value) localStorage.setItem(`copydesk:${name}`, value);
      else localStorage.removeItem(`copydesk:${name}`);
    } catch { /* private windows may keep nothing */ }
  },
};

function say(text) {
  const status = document.querySelector(".status");
  status.textContent = text;
  status.classList.remove("unseen");
  setTimeout(() => { status.classList.add("unseen"); status.textContent = ""; }, 4000);
}

function offerDisplay() {
  const display = document.querySelector(".display");
  const form = display?.querySelector("form");
  if (!form) return;
  for (const name of ["theme", "size"]) form.elements[name].value = kept.get(name);
  form.elements.keys.checked = kept.get("keys") === "off";
  form.addEventListener("change", ({ target }) => {
    const value = target.type === "checkbox" && !target.checked ? "" : target.value;
    kept.set(target.name, value);
    if (target.name === "keys") return;
    if (value) page.dataset[target.name] = value;
    else delete page.dataset[target.name];
  });
  document.addEventListener("click", ({ target }) => { if (!display.contains(target)) display.open = false; });
  display.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape") return;
    display.open = false;
    display.querySelector("summary").focus();
  });
}

async function copy(address) {
  await navigator.clipboard.writeText(address);
  const share = document.querySelector(".share a");
  if (share) say(share.dataset.copied);
}

function offerSharing() {
  const share = document.querySelector(".share a");
  share?.addEventListener("click", async (event) => {
    event.preventDefault();
    try {
      if (navigator.share) await navigator.share({ title: document.title, url: share.href });
      else await copy(share.href);
    } catch (error) {
      if (error.name !== "AbortError") location.href = share.href;
    }
  });
  for (const anchor of document.querySelectorAll(".anchor")) {
    anchor.addEventListener("click", () => { copy(anchor.href).catch(() => { /* the address bar has it */ }); });
  }
}

function followContents() {
  const links = new Map([...document.querySelectorAll(".contents a")].map((link) => [link.hash.slice(1), link]));
  const heads = [...links.keys()].map((id) => document.getElementById(decodeURIComponent(id))).filter(Boolean);
  if (!heads.length) return;
  const mark = () => {
    const reached = heads.filter((head) => head.getBoundingClientRect().top < innerHeight / 3).pop();
    for (const [id, link] of links) {
      if (reached && decodeURIComponent(id) === reached.id) link.setAttribute("aria-current", "location");
      else link.removeAttribute("aria-current");
    }
  };
  let waiting = false;
  addEventListener("scroll", () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; mark(); });
  }, { passive: true });
  mark();
}

function rememberPlace() {
  const text = document.querySelector(".story-text");
  const resume = document.querySelector(".resume");
  if (!text || !resume) return;
  const name = `place:${location.pathname}`;
  const place = Number(kept.get(name));
  const share = () => (scrollY - text.offsetTop) / Math.max(1, text.offsetHeight);
  if (place > 0.1 && !location.hash && scrollY === 0) {
    resume.hidden = false;
    resume.querySelector("button").addEventListener("click", () => {
      resume.hidden = true;
      scrollTo({ top: text.offsetTop + place * text.offsetHeight });
    });
  }
  addEventListener("pagehide", () => {
    const now = share();
    kept.set(name, now > 0.1 && now < 0.85 ? now.toFixed(3) : "");
  });
}

const STOPS = ".card-head a, .archive a, .directory a, .results a, .story-header h1, .story-text :is(h2, h3)[id]";

function step(forward) {
  const stops = [...document.querySelectorAll(STOPS)].filter((stop) => stop.offsetParent);
  const here = stops.indexOf(document.activeElement);
  const next = stops[here < 0 ? (forward ? 0 : stops.length - 1) : here + (forward ? 1 : -1)];
  if (!next) return;
  if (!next.matches("a")) next.tabIndex = -1;
  next.focus();
}

function offerKeys() {
  const search = document.querySelector(".to-search");
  const help = document.querySelector("dialog.keys");
  const actions = {
    j: () => step(true),
    k: () => step(false),
    "/": () => {
      const field = document.querySelector("#query");
      if (field) field.focus();
      else if (search) location.href = search.href;
    },
    "?": () => help?.showModal(),
  };
  addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input:not([type=radio], [type=checkbox]), select, textarea, dialog");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || kept.get("keys") === "off") return;
    const action = actions[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  });
}

async function listReadPages() {
  const list = document.querySelector(".read-before");
  if (!list || !("caches" in window)) return;
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const { url } of await cache.keys()) {
      if (!/\/articles\//.test(url)) continue;
      const stored = new DOMParser().parseFromString(await (await cache.match(url)).text(), "text/html");
      const link = document.createElement("a");
      link.href = url;
      link.textContent = stored.querySelector("h1")?.textContent || url;
      list.appendChild(document.createElement("li")).append(link);
    }
  }
}

function readOffline() {
  if (!("serviceWorker" in navigator) || !location.protocol.startsWith("http")) return;
  if (site.offline) navigator.serviceWorker.register(new URL("sw.js", root)).catch(() => { /* reading goes on */ });
}

function showCurrentSection() {
  const current = document.querySelector(".sections-many [aria-current]");
  if (!current) return;
  const row = current.closest("ul");
  const middle = (box) => box.left + box.width / 2;
  row.scrollLeft += middle(current.getBoundingClientRect()) - middle(row.getBoundingClientRect());
}

function reachWideText() {
  const watcher = new ResizeObserver((seen) => {
    for (const { target } of seen) {
      if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
      else target.removeAttribute("tabindex");
    }
  });
  for (const wide of document.querySelectorAll(".story-text :is(pre, table)")) watcher.observe(wide);
}

showCurrentSection();
reachWideText();
offerDisplay();
offerSharing();
followContents();
rememberPlace();
offerKeys();
listReadPages();
readOffline();
