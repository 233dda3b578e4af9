// The Rust Worker with an ear at its database: which SQL texts it sends, batch by batch, is told at `/recorded`.
import worker from "./index.mjs";

const batches = [];

function statement(text, real) {
  return { text, real, bind: (...parameters) => statement(text, real.bind(...parameters)) };
}

function overheard(database) {
  return {
    prepare: (text) => statement(text, database.prepare(text)),
    batch(statements) {
      batches.push(statements.map(({ text }) => text));
      return database.batch(statements.map(({ real }) => real));
    },
  };
}

export default {
  fetch(request, env, context) {
    if (new URL(request.url).pathname === "/recorded") return Response.json(batches);
    return worker.fetch(request, { ...env, DB: overheard(env.DB) }, context);
  },
};
