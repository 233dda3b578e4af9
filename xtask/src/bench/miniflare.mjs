// Runs a Worker in workerd as wrangler does, with local D1 and KV, but without wrangler's own proxy before it: what a bench measures
// is the Worker and its runtime, not the tool of development. Arguments: Miniflare's entry, the Worker's folder, its main
// module, the data folder, variables as JSON.
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [entry, folder, main, data, variables] = process.argv.slice(2);
const { Miniflare, Log, LogLevel } = (await import(pathToFileURL(entry))).default;

const TYPES = { ".mjs": "ESModule", ".js": "ESModule", ".wasm": "CompiledWasm" };

function modules(within) {
  return fs.readdirSync(within, { withFileTypes: true }).flatMap((found) => {
    const file = path.join(within, found.name);
    if (found.isDirectory()) return modules(file);
    const type = TYPES[path.extname(file)];
    return type === undefined ? [] : [{ type, path: file }];
  });
}

const first = path.join(folder, main);
const all = modules(folder);
const { DATABASE_ID, ...bindings } = JSON.parse(variables);
const runtime = new Miniflare({
  host: "127.0.0.1",
  port: 0,
  modulesRoot: folder,
  modules: [...all.filter((module) => module.path === first), ...all.filter((module) => module.path !== first)],
  compatibilityDate: "2026-04-01",
  d1Databases: { DB: DATABASE_ID },
  d1Persist: path.join(data, "v3/d1"),
  kvNamespaces: { CATALOGUE: "catalogue" },
  kvPersist: path.join(data, "v3/kv"),
  ratelimits: { APPLICATIONS_LIMIT: { simple: { limit: 60, period: 60 } } },
  bindings,
  log: new Log(LogLevel.ERROR),
  logRequests: false,
  cf: false,
});
console.log(`listening ${(await runtime.ready).href}`);
