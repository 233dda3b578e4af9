// The service worker of the families' pages (scope /; the console has its own below /staff): who was here once opens the site without
// network too. It keeps files of the site and nothing about anybody: no answer of the API, and no page under its own address, as that
// of a private page ends in a secret.

import { dropOld, file, inTime, keepFiles } from "./kept-files.js";

/** The files of this version: the build names them. Every shell asks for those that are `shared`, and for those of its language, the
 * texts first; `also` are the script of the offline page and the drawings; `named` stands for what is in the pages and in this worker. */
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

/** A page, if it is that of this version and whole: another one asks for files that aren't here, and what somebody on the way gives in
 * place of anything, such as a portal that wants a password first, asks for none of ours. It isn't known by its digest: who carries a site
 * to its readers may write something of their own into its pages. */
async function pageOf(path, files) {
  const page = await fetch(new Request(path, { cache: "no-cache" }));
  const text = await page.clone().text();
  const ours = files.every((file) => text.includes(file)) && text.trim().endsWith("</html>");
  if (!page.ok || page.redirected || !ours) throw new Error("another version");
  return page;
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
  await dropOld(VERSION, OFFLINE);
  await self.clients.claim();
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
  } else if (/^\/(assets|art)\//.test(path)) {
    event.respondWith(file(request, VERSION));
    isRead(event, LANGUAGES.find((language) => FILES[language][0] === path));
  }
});

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
