// The Worker as `cargo xtask serve` runs it: the deployed one, and an address that does what Cloudflare does every minute.
// wrangler's own address for that does not reach a Worker that has static assets.
import worker from "./index.mjs";

export default {
  async fetch(request, env, ctx) {
    if (new URL(request.url).pathname !== "/api/__scheduled") {
      return worker.fetch(request, env, ctx);
    }
    await worker.scheduled({ cron: "* * * * *", type: "scheduled", scheduledTime: Date.now() }, env, ctx);
    return new Response("ok\n");
  },
};
