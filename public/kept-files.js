// What the two service workers have in common: files of the site, kept under a name of their version. The build names each by its
// address and says what is in it: the beginning of its digest is the end of its name, or stands behind a `#`.

/** How long a weak network may take to bring what is kept as well, in milliseconds. */
const PATIENCE = 3000;

/** The answer, if it comes in time. */
export function inTime(promise) {
  return new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error("late")), PATIENCE);
    promise.then(resolve, reject);
  });
}

/** The address of a file, without what stands behind it. */
export const addressOf = (file) => file.split("#")[0];

/** Whether an answer has the bytes of this file. */
export async function isFile(answer, file) {
  const digest = /([0-9a-f]{12})(\.\w+)?$/.exec(file)[1];
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", await answer.clone().arrayBuffer()));
  return Array.from(bytes.subarray(0, 6), (byte) => byte.toString(16).padStart(2, "0")).join("") === digest;
}

/** A file as the build has made it. It is where the browser put it when it loaded the page; what somebody on the way gave in its place
 * may be there too, and the browser would take it for the file as long as the site lets it keep one. */
async function genuine(file) {
  for (const cache of ["default", "reload"]) {
    const answer = await fetch(new Request(addressOf(file), { cache }));
    if (answer.ok && (await isFile(answer, file))) return answer;
  }
  throw new Error("not ours: " + file);
}

/** Keeps files, all of them or none. */
export async function keepFiles(cache, files) {
  const answers = await Promise.all(files.map(genuine));
  await Promise.all(files.map((file, place) => cache.put(addressOf(file), answers[place])));
}

/** The names under which the worker of this version and those before it keep files; this version first. */
async function versions(version) {
  const kind = version.split(" ")[0] + " ";
  const names = (await caches.keys()).filter((name) => name.startsWith(kind));
  return names.sort((one, other) => (other === version) - (one === version));
}

/** A file of this version or of one before, of which a page may still be open. What is missing stays missing. */
export async function file(request, version) {
  for (const cacheName of await versions(version)) {
    // A file is the same whatever is asked for with it and however.
    const kept = await caches.match(request, { cacheName, ignoreVary: true, ignoreSearch: true });
    if (kept) return kept;
  }
  return fetch(request);
}

/** A page of the version before may still be open and ask for its files: that one stays, others go, and what is left of a version that
 * was never whole. Whole is one that has `last`. While a newer one is being kept nobody can tell which is which: it drops the old ones
 * when it is whole. */
export async function dropOld(version, last) {
  const others = (await versions(version)).filter((name) => name !== version);
  if (self.registration.installing) return;
  let before;
  for (const name of others) {
    if (await caches.match(last, { cacheName: name })) before = name;
  }
  await Promise.all(others.map((name) => name !== before && caches.delete(name)));
}
