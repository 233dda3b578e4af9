// Answers to workerd on behalf of the wasm module: fetch and scheduled, and a fresh instance after a trap.
import * as app from "./app.js";

// What answers made here have in common with those of the routes.
const BARE = {
  "cache-control": "no-store",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

const state = app.__worker_init_state();

// How to give up on each call that the present instance has not finished.
const unfinished = new Set();

// A Rust panic or a trap leaves the instance in an unknown state. Whatever it was doing is lost and is told so at once
// (a repeated key makes a repeated application harmless); the next call starts a fresh instance.
function note(error) {
  if (error instanceof WebAssembly.RuntimeError) {
    state.criticalError = true;
    for (const giveUp of unfinished) giveUp(error);
    unfinished.clear();
  }
}

addEventListener("error", (event) => note(event.error));
addEventListener("unhandledrejection", (event) => note(event.reason));

async function run(call) {
  if (state.criticalError) {
    app.__wbg_reset_state();
    state.criticalError = false;
  }
  const trap = Promise.withResolvers();
  unfinished.add(trap.reject);
  try {
    return await Promise.race([call(), trap.promise]);
  } catch (error) {
    note(error);
    throw error;
  } finally {
    unfinished.delete(trap.reject);
  }
}

// Only what no static file answers comes here: /api/* by `run_worker_first`, and addresses that nobody has. A hashed file of
// an earlier release must be a plain 404, never a page under a script's name; anything else gets the app's own 404 page.
async function missing(url, request, env) {
  if (url.pathname.startsWith("/assets/")) {
    return new Response(null, { status: 404, headers: BARE });
  }
  const shell = await env.ASSETS.fetch(new Request(new URL("/", url), { method: request.method === "HEAD" ? "HEAD" : "GET" }));
  return new Response(shell.body, { status: 404, headers: shell.headers });
}

export default {
  async fetch(request, env, ctx) {
    const url = new URL(request.url);
    if (!url.pathname.startsWith("/api/")) {
      return missing(url, request, env);
    }
    try {
      return await run(() => app.fetch(request, env, ctx));
    } catch (error) {
      console.error(error);
      return Response.json({ error: { code: "internal" } }, { status: 500, headers: BARE });
    }
  },

  async scheduled(event, env, ctx) {
    await run(() => app.scheduled(event, env, ctx));
  },
};
