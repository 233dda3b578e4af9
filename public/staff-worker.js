// The service worker of the staff console (scope /staff): lets it open without network, and sends marks that waited. It keeps files
// of the site and two answers about nobody; names of students are kept by the console itself, which drops them in time. It never
// sees the families' pages.

import { sendAll } from "../app/staff/src/offline/phone.js";
import { addressOf, dropOld, file, inTime, isFile, keepFiles } from "./kept-files.js";

/** The files of this version: the build names them. */
const FILES = STAFF_FILES;

/** Their addresses. */
const ADDRESSES = FILES.map(addressOf);

/** Any page of the console. */
const SHELL = "/staff";

/** Answers that name nobody, and without which a roll call has no words: centres, tracks, the key of the receipts. */
const ANSWERS = ["/api/catalogue", "/api/keys"];

const KEPT_ANSWERS = "staff-answers";

/** Where the console keeps its reader of codes, on phones that need one. */
const READER = "staff-scan";

/** A version is what its files are: their names change with their contents. */
const VERSION = "staff-files " + FILES.join(" ");

self.addEventListener("install", (event) => event.waitUntil(install().then(() => self.skipWaiting())));

async function install() {
  // The first visit has asked for these before there was anybody to keep the answers.
  await (await caches.open(KEPT_ANSWERS)).addAll(ANSWERS);
  const cache = await caches.open(VERSION);
  await keepFiles(cache, FILES);
  // Last: a version that has its page is whole.
  await cache.add(new Request(SHELL, { cache: "no-cache" }));
}

self.addEventListener("activate", (event) => event.waitUntil(dropOld(VERSION, SHELL).then(() => self.clients.claim())));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== self.location.origin) return;
  if (request.mode === "navigate") {
    event.respondWith(page(request));
  } else if (ANSWERS.includes(address.pathname)) {
    event.respondWith(answer(event));
  } else if (address.pathname.startsWith("/assets/") || ADDRESSES.includes(address.pathname)) {
    event.respondWith(fileOrReader(request, address.pathname));
  }
});

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

/** A file of the console. Nobody has looked yet at what the console itself keeps. */
async function fileOrReader(request, path) {
  const reader = await caches.match(request, { cacheName: READER, ignoreVary: true });
  return reader && (await isFile(reader, path)) ? reader : file(request, VERSION);
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
