// What of the runtime's objects is handled on this side. Each call from wasm into JavaScript costs as much as a small piece of
// work, and each text that crosses is decoded by itself; so what belongs together crosses together, in as few texts as there can be.

// The headers made last. Answers to the same kind of request have the same ones for a second, until the date changes; then they don't
// cross again, and the runtime copies headers at a fraction of what making them costs.
let made;

// Headers from name and value by turns, a line each; without lines, those made last.
function headers(lines) {
  if (lines !== undefined) {
    const words = lines === "" ? [] : lines.split("\n");
    const pairs = [];
    for (let place = 0; place < words.length; place += 2) pairs.push([words[place], words[place + 1]]);
    made = new Headers(pairs);
  }
  return made;
}

// Answers a call with a whole response.
export function respond(call, status, lines, bytes) {
  call.resolve(new Response(bytes.length === 0 ? null : bytes, { status, headers: headers(lines) }));
}

// Answers a call with a response whose bytes are made when they are asked for. Each asking is a call by itself, which the function is
// given to settle with the next bytes, or with none at the end; given none, it hears that nobody asks any more. Whoever ran the first
// call knows how to run these.
export function respondInPieces(call, status, lines, next) {
  const own = headers(lines);
  call.resolve((run) => {
    const pieces = {
      async pull(controller) {
        const bytes = await run(next);
        if (bytes === undefined) controller.close();
        else controller.enqueue(bytes);
      },
      cancel() {
        next();
      },
    };
    return new Response(new ReadableStream(pieces), { status, headers: own });
  });
}

// Settles a call with bytes.
export function give(call, bytes) {
  call.resolve(bytes.slice());
}

// Settles a call that has no answer.
export function done(call) {
  call.resolve();
}

// Gives a call up.
export function fail(call, reason) {
  call.reject(new Error(reason));
}

// The call that the module is at work for, and who is told what a promise comes to, by the number it is waited for under.
let current;
let settle;

export function enter(call) {
  current = call;
}

export function listen(closure) {
  settle = closure;
}

// Waits for a promise on behalf of the present call. If the instance traps meanwhile or is followed by another, to which the number
// means nothing, the call is given up here: only what runs on behalf of a request can answer it.
export function wait(promise, place) {
  const call = current;
  const tell = settle;
  if (call !== undefined) call.waits = true;
  const goOn = (fulfilled, value) => {
    current = call;
    if (call !== undefined) call.waits = false;
    try {
      if (globalThis.__worker_init_state.criticalError) throw new Error("lost in a trap");
      tell(place, fulfilled, value);
    } catch (error) {
      if (call === undefined) throw error;
      call.reject(error);
    } finally {
      current = undefined;
    }
  };
  promise.then(
    (value) => goOn(true, value),
    (error) => goOn(false, error),
  );
}

// SQL texts by the number that stands for them: the program's own ones never change, and cross once.
const texts = new Map();

export function remember(number, text) {
  texts.set(number, text);
}

// Runs statements as one transaction. The list has for each the number that stands for its text, or 0 when the text follows as if it were
// the first parameter; how many parameters there are; and for each of them its kind and what there is to say of it: null (0), a number
// (1) and which, a text and how many letters of the plain texts (2) or of the others (3) are its own. Gives back, for each whose first row
// has a text in its first column, its place and that text.
export async function batch(env, list, plain, other) {
  const database = env.DB;
  let at = 0;
  let [plainAt, otherAt] = [0, 0];
  const value = () => {
    const kind = list[at++];
    const said = list[at++];
    if (kind === 2) return plain.slice(plainAt, (plainAt += said));
    if (kind === 3) return other.slice(otherAt, (otherAt += said));
    return kind === 1 ? said : null;
  };
  const prepared = [];
  while (at < list.length) {
    const number = list[at++];
    const parameters = new Array(list[at++]);
    const statement = database.prepare(number === 0 ? value() : texts.get(number));
    for (let place = 0; place < parameters.length; place++) parameters[place] = value();
    prepared.push(parameters.length === 0 ? statement : statement.bind(...parameters));
  }
  const found = [];
  (await database.batch(prepared)).forEach(({ results }, place) => {
    for (const column in results?.[0]) {
      const value = results[0][column];
      if (typeof value === "string") found.push(place, value);
      return;
    }
  });
  return found;
}

// How long another server may take for its answer, in milliseconds.
const PATIENCE = 5_000;

// The text at an address of another server. Who it says has moved is not followed: the address is part of what is trusted.
export async function fetchText(address) {
  const response = await fetch(address, { redirect: "manual", signal: AbortSignal.timeout(PATIENCE) });
  return response.ok ? await response.text() : null;
}

// Whether the rate-limit binding lets one more through.
export async function allows(env, key) {
  return (await env.APPLICATIONS_LIMIT.limit({ key })).success;
}

// PKCS #8 around the 32 bytes of an Ed25519 key (RFC 8410).
const PKCS8 = [0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20];
let signing = null;

// The signature of a text in UTF-8. The backend has one key, which is handed to the runtime once.
export async function sign(key, text) {
  // The instance's memory can move while the key is read.
  const signed = text.slice();
  signing ??= await crypto.subtle.importKey("pkcs8", new Uint8Array([...PKCS8, ...key]), "Ed25519", false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("Ed25519", signing, signed));
}
