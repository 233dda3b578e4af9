// Answers to workerd on behalf of the wasm module: fetch and scheduled, and a fresh instance after a trap.
import * as app from "./app.js";

// What answers made here have in common with those of the routes.
const BARE = {
  "cache-control": "no-store",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "strict-transport-security": "max-age=31536000",
  "x-content-type-options": "nosniff",
};

// Up to here a body is read before the module hears of the request, in bytes; the routes have limits of their own.
const WHOLE_MAX = 64 * 1024;

const state = app.__worker_init_state();

// The calls that the present instance has not finished.
const unfinished = new Set();

// A Rust panic or a trap leaves the instance in an unknown state. Whatever it was doing is lost and is told so (a repeated key
// makes a repeated application harmless): a call that waits is given up where it waits, any other one at once. The next call
// starts a fresh instance.
function note(error) {
  if (error instanceof WebAssembly.RuntimeError) {
    state.criticalError = true;
    for (const call of unfinished) if (!call.waits) call.reject(error);
  }
}

addEventListener("error", (event) => note(event.error));
addEventListener("unhandledrejection", (event) => note(event.reason));

// Has the instance begin something, and waits until it settles the call.
async function run(begin) {
  if (state.criticalError) {
    app.__wbg_reset_state();
    state.criticalError = false;
  }
  const call = Promise.withResolvers();
  unfinished.add(call);
  try {
    begin(call);
    return await call.promise;
  } catch (error) {
    note(error);
    throw error;
  } finally {
    unfinished.delete(call);
  }
}

// What belongs together crosses into the module as one text: method, address, then name and value of each header by turns, a line
// each. None of them can hold a line break.
function headOf(request) {
  const lines = [request.method, request.url];
  // A loop would cost more: each of its steps goes into the runtime and back.
  request.headers.forEach((value, name) => lines.push(name, value));
  return lines.join("\n");
}

// A small body crosses whole: a stream for each would cost more than the rest of an exchange. One that is large, or of which nobody
// knows, the module reads no further than the route wants to.
async function bodyOf(request) {
  const length = request.headers.get("content-length");
  return length !== null && Number(length) <= WHOLE_MAX ? await request.bytes() : request.body;
}

// The app's own page for addresses that nobody has: in the language that they name, or the one that asks for none.
function shellOf(path) {
  const [, language] = /^\/(kk|ru|en)\//.exec(path) ?? [];
  return language ? `/page-${language}` : "/";
}

// Only what no static file answers comes here: /api/* by `run_worker_first`, and addresses that nobody has. A hashed file of
// an earlier release must be a plain 404, never a page under a script's name; anything else gets the app's own 404 page.
async function missing(path, request, env) {
  if (path.startsWith("/assets/")) {
    return new Response(null, { status: 404, headers: BARE });
  }
  const shell = await env.ASSETS.fetch(new Request(new URL(shellOf(path), request.url), { method: request.method === "HEAD" ? "HEAD" : "GET" }));
  return new Response(shell.body, { status: 404, headers: shell.headers });
}

export default {
  async fetch(request, env) {
    // What follows the host; an address is never without it here.
    const path = request.url.slice(request.url.indexOf("/", "https://".length));
    if (!path.startsWith("/api/")) {
      return missing(path, request, env);
    }
    try {
      const body = request.body === null ? undefined : await bodyOf(request);
      const answer = await run((call) => app.fetch(headOf(request), body, env, call));
      // One that is made piece by piece goes on running afterwards.
      return typeof answer === "function" ? answer(run) : answer;
    } catch (error) {
      console.error(error);
      return Response.json({ error: { code: "internal" } }, { status: 500, headers: BARE });
    }
  },

  async scheduled(event, env) {
    await run((call) => app.scheduled(env, call));
  },
};
