// What stays on the phone of a staff member: roll calls that were opened, and marks on their way to the server. Used by the console
// and by its service worker, which sends marks when the console is closed.

const DATABASE = "tumo-staff";
const KEPT = "kept"; // what can be shown without network
const MARKS = "marks"; // marks that the server hasn't taken yet

/** The most marks of one request: MARKS_MAX of the contract. */
const AT_ONCE = 400;

/** How long an answer may take, in milliseconds. */
const PATIENCE = 20000;

/** Where a browser refuses to keep anything, the tab itself does, and the console says so. */
const inMemory = { [KEPT]: new Map(), [MARKS]: new Map() };
let refused = typeof indexedDB === "undefined";

const keyOf = { [KEPT]: (row) => [row.member, row.kind, row.name].join("\n"), [MARKS]: (row) => row.id };

function open() {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(DATABASE, 1);
    asked.onupgradeneeded = () => [KEPT, MARKS].forEach((store) => asked.result.createObjectStore(store));
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
    asked.onblocked = () => reject(new Error("blocked"));
  });
}

/** Runs `act` on a store as one transaction; what it asks for is there when the transaction is done. */
async function within(store, mode, act) {
  const database = await open();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(store, mode);
      const asked = act(transaction.objectStore(store));
      transaction.oncomplete = () => resolve(asked && asked.result);
      transaction.onabort = transaction.onerror = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

async function rows(store) {
  if (!refused) {
    try {
      return await within(store, "readonly", (place) => place.getAll());
    } catch (_) {
      refused = true;
    }
  }
  return [...inMemory[store].values()];
}

/** Puts rows into a store and takes others out, all of it or nothing. */
async function change(store, put, taken) {
  if (!refused) {
    try {
      return await within(store, "readwrite", (place) => {
        put.forEach((row) => place.put(row, keyOf[store](row)));
        taken.forEach((row) => place.delete(keyOf[store](row)));
      });
    } catch (_) {
      refused = true;
    }
  }
  put.forEach((row) => inMemory[store].set(keyOf[store](row), row));
  taken.forEach((row) => inMemory[store].delete(keyOf[store](row)));
}

/** Whether what is kept outlives the tab. */
export function keeps() {
  return !refused;
}

/** Keeps a text of a member under a kind and a name; `day` is the day it is about, empty for none. */
export function keep(member, kind, name, day, text) {
  return change(KEPT, [{ member, kind, name, day, text, at: Date.now() }], []);
}

/** The text kept for a member under a kind and a name. */
export async function kept(member, kind, name) {
  const found = (await rows(KEPT)).find((row) => row.member === member && row.kind === kind && row.name === name);
  return found && found.text;
}

/** The newest text of a kind, whosever it is. */
export async function newest(kind) {
  const found = (await rows(KEPT)).filter((row) => row.kind === kind).sort((one, other) => other.at - one.at);
  return found[0] && found[0].text;
}

/** Lets go of what is older than `hours` or about a day outside `first` to `last`, and of everything that isn't this member's. */
export async function tidy(member, hours, first, last) {
  const old = Date.now() - hours * 3600000;
  const over = (row) => row.at < old || row.at > Date.now() || (row.day && (row.day < first || row.day > last));
  const gone = (await rows(KEPT)).filter((row) => (member && row.member !== member) || over(row));
  if (gone.length) await change(KEPT, [], gone);
}

/** Lets go of everything that can be shown. Marks on their way stay: they are nowhere else. */
export async function forget() {
  await change(KEPT, [], await rows(KEPT));
}

/** Takes marks in: a JSON list of `{ id, mark }`, each mark a JSON text. */
export function queue(member, marks) {
  return change(MARKS, JSON.parse(marks).map(({ id, mark }) => ({ id, member, mark, refused: "" })), []);
}

/** The marks of a member that the server hasn't taken, in order: a JSON list of `{ mark, refused }`. */
export async function queued(member) {
  const own = (await rows(MARKS)).filter((row) => row.member === member);
  own.sort((one, other) => (one.id < other.id ? -1 : 1));
  return "[" + own.map((row) => `{"mark":${row.mark},"refused":${JSON.stringify(row.refused)}}`).join() + "]";
}

/** How many marks of others wait on this phone. */
export async function queuedByOthers(member) {
  return (await rows(MARKS)).filter((row) => row.member !== member && !row.refused).length;
}

/** Drops marks, by a JSON list of their names: somebody has read why the server refused them. */
export function drop(ids) {
  return change(MARKS, [], JSON.parse(ids).map((id) => ({ id })));
}

/** One sender at a time, also when the console is open twice or its service worker wakes. */
function alone(act) {
  return navigator.locks ? navigator.locks.request("tumo-marks", act) : act();
}

async function post(member, marks) {
  const given = new AbortController();
  const late = setTimeout(() => given.abort(), PATIENCE);
  try {
    return await fetch("/api/staff/marks", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: `{"member":${JSON.stringify(member)},"marks":[${marks.map((row) => row.mark).join()}]}`,
      signal: given.signal,
    });
  } finally {
    clearTimeout(late);
  }
}

async function sendWaiting(member) {
  for (;;) {
    const own = (await rows(MARKS)).filter((row) => row.member === member && !row.refused);
    own.sort((one, other) => (one.id < other.id ? -1 : 1));
    const waiting = own.slice(0, AT_ONCE);
    if (!waiting.length) return "sent";
    let answer;
    let told;
    try {
      answer = await post(member, waiting);
      told = answer.ok ? await answer.json() : null;
    } catch (_) {
      return "offline";
    }
    if (answer.status === 401 || answer.status === 403) return "signed_out";
    if (!told) return answer.status >= 500 || answer.status === 429 ? "busy" : "failed";
    const codes = new Map(told.refused.map(({ id, code }) => [id, code]));
    const done = waiting.filter((row) => told.kept.includes(row.id));
    const not = waiting.filter((row) => codes.has(row.id) && !told.kept.includes(row.id));
    if (!done.length && !not.length) return "failed";
    await change(MARKS, not.map((row) => ({ ...row, refused: codes.get(row.id) })), done);
  }
}

/**
 * Sends what waits of a member: "sent", "offline", "signed_out" (or somebody else is signed in), "busy", "failed". What was kept goes
 * from the phone, what was refused stays with its reason.
 */
export function send(member) {
  return alone(() => sendWaiting(member));
}

/** Sends what waits, whosever it is; true when nothing waits for the network any more. */
export async function sendAll() {
  const members = new Set((await rows(MARKS)).filter((row) => !row.refused).map((row) => row.member));
  let through = true;
  for (const member of members) {
    const became = await send(member);
    through = through && became !== "offline" && became !== "busy";
  }
  return through;
}

/** Starts the service worker, where there is one to be had. */
export async function serve() {
  try {
    await navigator.serviceWorker.register("/staff-worker.js", { scope: "/staff" });
  } catch (_) {
    // The console works without it as long as the tab stays open.
  }
}

/** Has the service worker send when the network is back, also when the console is closed by then. */
export async function sendLater() {
  try {
    const worker = await navigator.serviceWorker.ready;
    await worker.sync.register("marks");
  } catch (_) {
    // Background Sync isn't everywhere: the console sends when it is open.
  }
}

/** Calls `act` whenever the service worker has sent something. */
export function onSent(act) {
  if (navigator.serviceWorker) navigator.serviceWorker.addEventListener("message", (event) => event.data === "marks" && act());
}
