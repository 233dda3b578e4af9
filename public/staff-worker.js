// The service worker of the staff console (scope /staff): lets it open without network, and sends marks that waited. It keeps files
// of the site and two answers about nobody; names of students are kept by the console itself, which drops them in time. It never
// sees the families' pages.

import { sendAll } from "../app/staff/src/offline/phone.js";

/** The files of this version: the build names them. */
const FILES = STAFF_FILES;

/** Any page of the console. */
const SHELL = "/staff";

/** Answers that name nobody, and without which a roll call has no words: centres, tracks, the key of the receipts. */
const ANSWERS = ["/api/catalogue", "/api/keys"];

const KEPT_ANSWERS = "staff-answers";

/** A version is what its files are: their names change with their contents. */
const VERSION = "staff-files " + FILES.join(" ");

/** How long a weak network may take to bring a newer version, in milliseconds. */
const PATIENCE = 3000;

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches
      .open(VERSION)
      .then((cache) => cache.addAll([SHELL, ...FILES].map((path) => new Request(path, { cache: "no-cache" }))))
      // The first visit has asked for these before there was anybody to keep the answers.
      .then(() => caches.open(KEPT_ANSWERS))
      .then((cache) => cache.addAll(ANSWERS))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener("activate", (event) => event.waitUntil(dropOld().then(() => self.clients.claim())));

/** A page of the version before may still be open and ask for its files: that one stays, older ones go. */
async function dropOld() {
  const versions = (await caches.keys()).filter((name) => name.startsWith("staff-files ") && name !== VERSION);
  await Promise.all(versions.slice(0, -1).map((name) => caches.delete(name)));
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== self.location.origin) return;
  if (request.mode === "navigate") {
    event.respondWith(page(request));
  } else if (ANSWERS.includes(address.pathname)) {
    event.respondWith(answer(event));
  } else if (address.pathname.startsWith("/assets/") || FILES.includes(address.pathname)) {
    event.respondWith(file(request));
  }
});

function inTime(promise) {
  return new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error("late")), PATIENCE);
    promise.then(resolve, reject);
  });
}

/** The newest page, or the one of this version. */
async function page(request) {
  try {
    const fresh = await inTime(fetch(request));
    if (fresh.status < 500) return fresh;
  } catch (_) {
    // No network, or as good as none.
  }
  const cache = await caches.open(VERSION);
  return (await cache.match(SHELL)) || Response.error();
}

/** A file under a name that changes with its contents. */
async function file(request) {
  return (await caches.match(request, { ignoreVary: true })) || fetch(request);
}

/** The newest answer, or the last one. */
async function answer(event) {
  const cache = await caches.open(KEPT_ANSWERS);
  try {
    const fresh = await inTime(fetch(event.request));
    if (fresh.ok) event.waitUntil(cache.put(event.request, fresh.clone()));
    return fresh;
  } catch (_) {
    return (await cache.match(event.request)) || Response.error();
  }
}

self.addEventListener("sync", (event) => {
  if (event.tag === "marks") event.waitUntil(sync());
});

/** Throws as long as something waits for the network: the browser then tries again later. */
async function sync() {
  const through = await sendAll();
  for (const client of await self.clients.matchAll()) client.postMessage("marks");
  if (!through) throw new Error("still without network");
}
