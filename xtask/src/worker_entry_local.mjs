// The Worker as `cargo xtask serve` runs it: the deployed one, with what Cloudflare does and the local runtime does not.
import worker from "./index.mjs";

export default {
  async fetch(request, env, ctx) {
    // The schedule, which fires every minute there. wrangler's own address for it does not reach a Worker with static assets.
    if (new URL(request.url).pathname === "/api/__scheduled") {
      await worker.scheduled({ cron: "* * * * *", type: "scheduled", scheduledTime: Date.now() }, env, ctx);
      return new Response("ok\n");
    }
    // What tests need and nobody can do from outside: only for who can read this server's secrets.
    if (new URL(request.url).pathname === "/api/__execute") {
      if (request.headers.get("authorization") !== `Bearer ${env.MASTER_KEY}`) return new Response(null, { status: 404 });
      const { sql, parameters } = await request.json();
      const { meta } = await env.DB.prepare(sql).bind(...parameters).run();
      return Response.json({ changes: meta.changes }, { headers: { "content-type": "application/json" } });
    }
    // A body that is refused unread closes the connection to wrangler's proxy under whoever comes next on it, who then gets a
    // 503 from the proxy. Cloudflare takes bodies off the wire itself.
    if (request.body === null) return worker.fetch(request, env, ctx);
    const body = await request.arrayBuffer();
    const { method, headers } = request;
    // A request that is made here can't be asked to get something and bring something along.
    const taken = new Request(request.url, { method, headers, body: ["GET", "HEAD"].includes(method) ? undefined : body });
    return worker.fetch(taken, env, ctx);
  },
};
