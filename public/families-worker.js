// The service worker of the families' pages (scope /; the console has its own below /staff): who was here once opens the site without
// network too. It keeps files of the site and nothing about anybody: no answer of the API, and no page under its own address, as that
// of a private page ends in a secret.

/** The files of this version: the build names them. Every shell asks for those that are `shared`, and for those of its language, the
 * texts first; `also` are good to have; `named` stands for what is in those that keep their names. */
const FILES = FAMILIES_FILES;

const LANGUAGES = ["kk", "ru", "en"];

/** What stands in for any page of a language until the app is here. */
const shell = (language) => "/page-" + language;

/** For those whose shell isn't kept. */
const OFFLINE = "/offline";

/** Pages that are none of the families': they only pass. */
const OTHERS = /^\/(api|staff)(\/|$)/;

/** A version is what its files are. */
const VERSION = "families-files " + Object.values(FILES).flat().join(" ");

/** How long a weak network may take to bring a page that is kept, in milliseconds. */
const PATIENCE = 3000;

/** What keeps its name may have changed under it. The others are where the browser put them when it loaded the page. */
const asked = (path) => new Request(path, { cache: path.startsWith("/assets/") ? "default" : "no-cache" });

self.addEventListener("install", (event) => event.waitUntil(install().then(() => self.skipWaiting())));

async function install() {
  for (const language of LANGUAGES) {
    // What was there without network yesterday still is.
    if (await caches.match(shell(language))) await keep(language);
  }
  const cache = await caches.open(VERSION);
  const offline = await pageOf(OFFLINE, FILES.also.filter((file) => file.startsWith("/assets/")));
  await keepFiles(cache, [...FILES.also, ...FILES.shared]);
  // Last: a version that has its offline page is whole.
  await cache.put(OFFLINE, offline);
}

/** A page, if it is that of this version: another one asks for files that aren't here, and what somebody on the way gives in place of
 * anything, such as a portal that wants a password first, asks for none of ours. */
async function pageOf(path, files) {
  const page = await fetch(asked(path));
  const names = await page.clone().text();
  if (!page.ok || page.redirected || !files.every((file) => names.includes(file))) throw new Error("another version");
  return page;
}

/** Whether an answer can be a file of the site. */
const isFile = (answer) => answer.ok && !answer.redirected && !/^text\/html/.test(answer.headers.get("content-type"));

/** Keeps files, all of them or none. */
async function keepFiles(cache, paths) {
  const answers = await Promise.all(paths.map((path) => fetch(asked(path))));
  if (!answers.every(isFile)) throw new Error("not ours");
  await Promise.all(paths.map((path, place) => cache.put(path, answers[place])));
}

/** Keeps what this language is read with, all of it or nothing. */
async function keep(language) {
  const cache = await caches.open(VERSION);
  if (await cache.match(shell(language))) return;
  const page = await pageOf(shell(language), [...FILES.shared, ...FILES[language]]);
  await keepFiles(cache, FILES[language]);
  await cache.put(shell(language), page);
}

self.addEventListener("activate", (event) => event.waitUntil(activate()));

async function activate() {
  // The network is asked while this worker wakes up.
  await self.registration.navigationPreload?.enable();
  await dropOld();
  await self.clients.claim();
}

/** What this worker and those before it keep; this version first. */
async function versions() {
  const names = (await caches.keys()).filter((name) => name.startsWith("families-files "));
  return names.sort((one, other) => (other === VERSION) - (one === VERSION));
}

/** A page of the version before may still be open and ask for its files: that one stays, others go, and what is left of a version that
 * was never whole. */
async function dropOld() {
  const others = (await versions()).filter((name) => name !== VERSION);
  let before;
  for (const name of others) {
    const cache = await caches.open(name);
    if (await cache.match(OFFLINE)) before = name;
  }
  await Promise.all(others.map((name) => name !== before && caches.delete(name)));
}

/** The page that has asked for this worker says in which language it is read. */
self.addEventListener("message", (event) => isRead(event, event.data));

function isRead(event, language) {
  // What can't be kept now will be at the next visit.
  if (LANGUAGES.includes(language)) event.waitUntil(keep(language).catch(() => {}));
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== self.location.origin) return;
  const path = address.pathname;
  if (request.mode === "navigate") {
    event.respondWith(page(event, path));
  } else if (path.startsWith("/assets/")) {
    event.respondWith(file(request));
    isRead(event, LANGUAGES.find((language) => FILES[language][0] === path));
  } else if (path.startsWith("/art/")) {
    event.respondWith(drawing(event));
  }
});

function inTime(promise) {
  return new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error("late")), PATIENCE);
    promise.then(resolve, reject);
  });
}

/** The newest page; without network, or with as good as none, the shell of its language. */
async function page(event, path) {
  const fresh = Promise.resolve(event.preloadResponse).then((early) => early || fetch(event.request));
  event.waitUntil(fresh.catch(() => {}));
  if (OTHERS.test(path)) return fresh;
  const kept = await keptShell(path);
  try {
    const answer = await (kept ? inTime(fresh) : fresh);
    if (answer.status < 500 || !kept) return answer;
  } catch (_) {
    // The app says what it can't do; its shell is enough to open it.
  }
  const cache = await caches.open(VERSION);
  return kept || (await cache.match(OFFLINE)) || Response.error();
}

/** The kept shell for this address. Which language the address without one means, the app finds out by itself. */
async function keptShell(path) {
  const cache = await caches.open(VERSION);
  const first = path.split("/")[1];
  for (const language of LANGUAGES) {
    const kept = (first === language || first === "") && (await cache.match(shell(language)));
    if (kept) return kept;
  }
}

/** A file under a name that changes with its contents, of this version or the one before. What is missing stays missing. */
async function file(request) {
  for (const name of await versions()) {
    const kept = await caches.match(request, { cacheName: name, ignoreVary: true });
    if (kept) return kept;
  }
  return fetch(request);
}

/** A drawing is kept once it was seen. */
async function drawing(event) {
  const { request } = event;
  const cache = await caches.open(VERSION);
  const kept = await cache.match(request, { ignoreVary: true });
  if (kept) return kept;
  const fresh = await fetch(request);
  if (isFile(fresh)) event.waitUntil(cache.put(request, fresh.clone()));
  return fresh;
}
